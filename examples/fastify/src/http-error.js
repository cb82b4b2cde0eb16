/** An answer other than 200, thrown from wherever it is found out. */
export class HttpError extends Error {
  /**
   * @param {number} statusCode
   * @param {string} message what went wrong, for the caller
   * @param {object} [members] what the answer's body says beside that
   */
  constructor(statusCode, message, members = {}) {
    super(message)
    this.name = 'HttpError'
    this.statusCode = statusCode
    this.members = members
  }
}
