using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.Sources;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Sources;

/// <summary>A cloud whose Lambda takes five seconds for each change, by a clock that moves only while the module waits.</summary>
public abstract class SourceTests : IAsyncDisposable
{
    private protected const string Orders = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private protected SourceTests()
    {
        Time = new WaitedTime(_clock);
        Lambda = new LambdaService(LambdaServiceOptions.Of(Cloud) with { TimeProvider = _clock, TransitionTime = TimeSpan.FromSeconds(5) });
        Cloud.Add(Lambda);
        Cloud.Kinesis.CreateStream("orders");
        Session = Open(Cloud.Endpoint);
    }

    private protected Cloud Cloud { get; } = Cloud.Start();

    private protected LambdaService Lambda { get; }

    private protected WaitedTime Time { get; }

    private protected AwsSession Session { get; }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static TimeSpan Patience => TimeSpan.FromMinutes(5);

    private protected IEnumerable<string> Changes => Cloud.Calls.Where(static c => c.IsChanging).Select(static c => c.Operation);

    private protected FunctionConfigurations Configurations => new(Session, Function("fanout"), Time);

    private protected EventSourceMappings Mappings => new(Session, Function("fanout"), Time);

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        await Lambda.DisposeAsync();
        await Cloud.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static AwsSession Open(Uri endpoint) => OpenSession.Of(
        new SessionRequest { AccessKey = "AKIATESTSOFFANOUT000", SecretKey = "secret", Region = "us-east-1", EndpointUrl = endpoint }, new CallLog(), TimeProvider.System);

    private protected static FunctionDestination Function(string text) =>
        FunctionDestination.TryParse(text, out FunctionDestination? function, out string? problem) ? function : throw new ArgumentException(problem);

    private protected LambdaFunction Add(string name = "fanout", params (string Name, string Value)[] variables)
    {
        Lambda.Add(name, new RecordingFunction(), new() { Environment = variables.ToDictionary(static v => v.Name, static v => v.Value) });
        return Lambda.Functions.Single(f => f.Name == name);
    }
}
