namespace Skiff.Gateway;

/// <summary>
/// How many requests may be sent twice: a fifth of all, beyond a reserve for the moment in which a server dies. Without it the requests of a failing
/// system would double just when it can bear least.
/// </summary>
internal sealed class RetryBudget
{
    // In thousandths of a retry.
    private const int Deposit = 200;
    private const int Retry = 1000;
    private const int Reserve = 256 * Retry;

    private long _balance = Reserve;

    /// <summary>How many requests may be sent twice now.</summary>
    internal double Left => Volatile.Read(ref _balance) / (double)Retry;

    /// <summary>A request came.</summary>
    internal void Add()
    {
        if (Volatile.Read(ref _balance) < Reserve)
        {
            Interlocked.Add(ref _balance, Deposit);
        }
    }

    /// <summary>Takes one retry, if there is one.</summary>
    internal bool TryTake()
    {
        while (true)
        {
            var balance = Volatile.Read(ref _balance);
            if (balance < Retry)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _balance, balance - Retry, balance) == balance)
            {
                return true;
            }
        }
    }
}
