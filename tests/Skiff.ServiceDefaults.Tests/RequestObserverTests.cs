using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Skiff.TestKit;

namespace Skiff.ServiceDefaults.Tests;

public sealed class RequestObserverTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{TraceId}-b7ad6b7169203331-01";

    private readonly ManualTime _time = new();
    private readonly MemoryStream _output = new();
    private readonly string _source = Guid.NewGuid().ToString();

    [Fact]
    public void End_LogOn_WritesOneLineWithEveryField()
    {
        Observe(Request(), null);
        Assert.Equal(
            """{"time":"2026-01-02T03:04:05.012Z","level":"info","category":"Skiff.Access","eventId":110,"message":"POST /predict 200 in 12.346 ms (an-id)","method":"POST","path":"/predict","status":200,"durationMs":12.346,"requestId":"an-id"}""",
            Line());
    }

    [Fact]
    public void End_SubjectNoted_IsInTheLineWithTheTrace()
    {
        Observe(Request(Parent), new RequestSubject("iris", "1.2.0"));
        Assert.Contains($"\"traceId\":\"{TraceId}\"", Line(), StringComparison.Ordinal);
        Assert.EndsWith("\"durationMs\":12.346,\"model\":\"iris\",\"version\":\"1.2.0\",\"requestId\":\"an-id\"}", Line(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "POST /predict failed with 500 after 3 ms (an-id)")]
    [InlineData("2", "POST /predict failed with 500 after 3 ms in iris 2 (an-id)")]
    public void Failed_Request_HasTheFieldsOfItsLine(string? version, string message)
    {
        using var provider = new JsonLineLoggerProvider(_output, _time);
        RequestLog.Failed(
            provider.CreateLogger("x"), Request(), 500, TimeSpan.FromMilliseconds(3), version is null ? null : new RequestSubject("iris", version), new InvalidOperationException("why"));
        Assert.Contains($"\"message\":\"{message}\",\"method\":\"POST\",\"path\":\"/predict\",\"status\":500,\"durationMs\":3,", Line(), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: why", Line(), StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_NobodyListens_AllocatesNothing()
    {
        using var observer = new RequestObserver(_source, NullLogger.Instance, TimeProvider.System, static _ => null);
        var (context, subject) = (Request(), new RequestSubject("iris", "1"));
        Run(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var observation = observer.Begin(context);
                observer.Note(context, subject);
                observer.End(context, observation);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("nonsense\n")]
    public void Begin_WithoutAListenerOrATrace_HasNoActivity(string? parent)
    {
        using var observer = Observer(NullLogger.Instance);
        Assert.Null(observer.Begin(Request(parent)).Activity);
    }

    [Fact]
    public void Begin_WithAListener_IsAServerSpanUnderTheCallers()
    {
        using var listener = Listen();
        var span = Observe(Request(Parent), new RequestSubject("iris", "1"))!;
        Assert.Equal((TraceId, "b7ad6b7169203331", ActivityKind.Server, "POST /predict"), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString(), span.Kind, span.DisplayName));
        Assert.True(span.HasRemoteParent);
        Assert.Equal("iris", span.GetTagItem("skiff.model"));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Begin_InAHostThatTraces_IsAPartOfItsSpan()
    {
        using var listener = Listen();
        using var host = new Activity("host").Start();
        var span = Observe(Request(Parent), null)!;
        Assert.Equal((host.SpanId, ActivityKind.Internal), (span.ParentSpanId, span.Kind));
        Assert.Same(host, Activity.Current);
    }

    [Fact]
    public void End_UnknownMethodAndServerError_AreNamedAsTheConventionsSay()
    {
        using var listener = Listen();
        var context = Request(method: "BREW");
        context.Request.Path = "/pot";
        context.Response.StatusCode = 503;
        var span = Observe(context, null)!;
        Assert.Equal(("HTTP", "_OTHER", "BREW", "503"), (span.DisplayName, span.GetTagItem("http.request.method"), span.GetTagItem("http.request.method_original"), span.GetTagItem("error.type")));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.GetTagItem("http.route"));
    }

    public void Dispose() => _output.Dispose();

    private static DefaultHttpContext Request(string? parent = null, string method = "POST")
    {
        var context = new DefaultHttpContext { TraceIdentifier = "an-id" };
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Path = "/predict";
        context.Request.QueryString = new QueryString("?secret");
        if (parent is not null)
        {
            context.Request.Headers.TraceParent = parent;
        }

        return context;
    }

    private RequestObserver Observer(ILogger log) => new(_source, log, _time, static c => c.Request.Path == "/predict" ? "/predict" : null);

    private Activity? Observe(DefaultHttpContext context, RequestSubject? subject)
    {
        using var provider = new JsonLineLoggerProvider(_output, _time);
        using var observer = Observer(provider.CreateLogger(RequestLog.Category));
        var observation = observer.Begin(context);
        if (subject is not null)
        {
            observer.Note(context, subject);
        }

        _time.Advance(TimeSpan.FromMicroseconds(12345.6));
        observer.End(context, observation);
        return observation.Activity;
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == _source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private string Line() => Encoding.UTF8.GetString(_output.ToArray()).TrimEnd('\n');
}
