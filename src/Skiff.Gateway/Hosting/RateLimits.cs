using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>How many requests a second each API key may send.</summary>
internal static class RateLimits
{
    /// <summary>Adds the limit: a bucket of tokens a key, which holds those of one second.</summary>
    internal static void Add(IServiceCollection services, GatewayOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            Owner(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RateLimit,

                // A partition is filled every tenth of a second, with what that is worth.
                TokensPerPeriod = options.RateLimit,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
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

    // Keys of one name share a limit. Those without one have nothing in common: the hash stands for the key, which is kept nowhere.
    private static string Owner(HttpContext context) => GatewayCall.Of(context).Key is var name && name != ApiKeys.Unnamed
        ? name
        : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers[ApiKeys.HeaderName].ToString())));
}
