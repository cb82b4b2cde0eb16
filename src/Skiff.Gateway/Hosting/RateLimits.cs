using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Skiff.Gateway;

/// <summary>How many requests a second each API key may send.</summary>
internal static class RateLimits
{
    /// <summary>Adds the limit: a bucket of tokens a key, which holds those of one second.</summary>
    internal static void Add(IServiceCollection services, GatewayOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            GatewayCall.Of(context).Key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RateLimit,
                TokensPerPeriod = Math.Max(1, options.RateLimit / 10),
                ReplenishmentPeriod = TimeSpan.FromSeconds(options.RateLimit >= 10 ? 0.1 : 1d / options.RateLimit),
                QueueLimit = 0,
            }));
        limiter.OnRejected = static (rejected, _) =>
        {
            rejected.HttpContext.RequestServices.GetRequiredService<GatewayMetrics>().Failure("rate_limit").Increment();
            return new ValueTask(JsonAnswer.WriteErrorAsync(
                rejected.HttpContext,
                StatusCodes.Status429TooManyRequests,
                "this API key has sent more requests than --rate-limit (SKIFF_RATE_LIMIT) allows",
                retryAfterSeconds: 1));
        };
    });
}
