-- What the load generator sends: short reviews of different lengths, in turn. With API_KEY in the environment that key goes with each; with THINK each
-- connection pauses before each request, for so many milliseconds in the mean.
local texts = {
  "this is a great product",
  "terrible, I want my money back",
  "The screen is fine but the battery dies within an hour, and nobody at the support desk answered me.",
  "I love it",
  "Best hotel we have ever had! Clean rooms, friendly people, a wonderful view and a breakfast that lasts until noon.",
  "not good, not bad",
}
local requests = {}
local turn = 0

init = function(args)
  for i, text in ipairs(texts) do
    requests[i] = wrk.format("POST", "/predict", { ["Content-Type"] = "application/json", ["X-API-Key"] = os.getenv("API_KEY") }, string.format('{"text":"%s"}', text))
  end
end

request = function()
  turn = turn % #requests + 1
  return requests[turn]
end

local think = tonumber(os.getenv("THINK"))
if think then
  delay = function()
    return math.random(0, 2 * think)
  end
end

-- One line for the scripts beside: requests, microseconds, p50, p99 (microseconds), answers that were not 200, errors.
done = function(summary, latency, times)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
