using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Benchmarks.Stages;

/// <summary>Targets of each type that is called over HTTP, with no network behind them.</summary>
internal sealed class SampleTargets : IAsyncDisposable
{
    private readonly AmazonSecurityTokenServiceClient _sts;
    private readonly AwsClients _clients;
    private readonly TargetFactory _factory;

    /// <summary>The factory of the targets.</summary>
    /// <param name="records">How many entries an answer to a batch call has.</param>
    public SampleTargets(int records)
    {
        var own = new SessionAWSCredentials("AKIDEXAMPLE", "secret", "token");
        _sts = AssumedRoles.CreateClient("us-east-1", own);
        _clients = new AwsClients(own, new AssumedRoles(_sts, "fanout", TimeProvider.System), "us-east-1") { Connections = new MemoryServices(records) };
        _factory = new TargetFactory(_clients, TimeProvider.System);
    }

    /// <summary>The types there are.</summary>
    public static IEnumerable<TargetType> Types =>
        [TargetType.Kinesis, TargetType.Firehose, TargetType.Sqs, TargetType.Sns, TargetType.Es, TargetType.Iot, TargetType.Lambda, TargetType.Events, TargetType.States];

    /// <summary>The target of a type.</summary>
    public ITarget Of(TargetType type) => _factory.TargetOf(new Mapping { SourceArn = Samples.Stream, Id = "m", Type = type, Destination = DestinationOf(type), Active = true }).Target;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _clients.Dispose();
        _sts.Dispose();
    }

    private static Destination DestinationOf(TargetType type) => Destination.TryParse(type, TextOf(type), out Destination? destination, out string? problem)
        ? destination
        : throw new InvalidOperationException(problem);

    private static string TextOf(TargetType type) => type switch
    {
        TargetType.Sqs => "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
        TargetType.Sns => "arn:aws:sns:us-east-1:123456789012:topic",
        TargetType.Es => "search-domain-abc123.us-east-1.es.amazonaws.com#index",
        TargetType.Iot => "abc123-ats.iot.us-east-1.amazonaws.com#things/topic",
        TargetType.Events => "arn:aws:events:us-east-1:123456789012:event-bus/bus",
        TargetType.States => "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
        _ => "destination",
    };
}
