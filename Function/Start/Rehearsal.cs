using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Engine.Settings;
using FanOut.Engine.Targets;

namespace FanOut.Dispatch.Start;

/// <summary>Has the function handle a sample before the first event comes, so that all that the first use costs is paid by then. Nothing leaves the process.</summary>
/// <param name="settings">The function's settings.</param>
/// <param name="roles">The assumed roles; none is assumed.</param>
/// <param name="output">Where the function's log lines of the samples go.</param>
/// <param name="time">The clock.</param>
internal sealed class Rehearsal(FunctionSettings settings, AssumedRoles roles, Stream output, TimeProvider time)
{
    // A sample that is not answered as it should be must not be sent again and again.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Handles a sample of each kind of source, for targets like those of the mappings.</summary>
    /// <param name="mappings">The mappings that the function is going to need. Where there are none, one of a Kinesis stream to another is supposed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IReadOnlyCollection<Mapping> mappings, CancellationToken cancellationToken)
    {
        // Without GroupBy and DistinctBy, whose code for these types would take a hundredth of the package.
        foreach (SourceKind kind in new[] { SourceKind.Kinesis, SourceKind.DynamoDb, SourceKind.Sns })
        {
            List<Mapping> samples = [];
            foreach (Mapping mapping in mappings.Count > 0 ? mappings : [Supposed])
            {
                if (KindOf(mapping) == kind && mapping.Destination is not CacheDestination && !samples.Exists(s => s.Type == mapping.Type))
                {
                    samples.Add(SampleOf(mapping, kind));
                }
            }

            if (samples.Count > 0)
            {
                await HandleAsync(SampleEvents.Of(kind), new MappingSet(samples, []), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static Mapping Supposed { get; } = new()
    {
        SourceArn = SampleEvents.SourceOf(SourceKind.Kinesis), Id = "sample", Type = TargetType.Kinesis, Destination = new StreamDestination("copy", "copy", null), Active = true,
    };

    // Changes of tables go the same way, whoever carries them.
    private static SourceKind KindOf(Mapping mapping) => mapping.RecordFormat == RecordFormat.DynamoDbChanges ? SourceKind.DynamoDb
        : SourceArn.IsOf(SourceKind.Kinesis, mapping.SourceArn) ? SourceKind.Kinesis : SourceArn.IsOf(SourceKind.DynamoDb, mapping.SourceArn) ? SourceKind.DynamoDb : SourceKind.Sns;

    // In the same form, but by the function's own role, and whatever a filter would say of the sample.
    private static Mapping SampleOf(Mapping mapping, SourceKind kind) =>
        mapping with { SourceArn = SampleEvents.SourceOf(kind), Active = true, Role = null, ExternalId = null, HeadersSecret = null, Filter = null, DeadLetter = null, RecordFormat = default };

    private async Task HandleAsync(byte[] sample, MappingSet mappings, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var http = new HttpClient(new SampleRuntime(sample, Patience, time, done));
        using var services = new SampleServices();
        var credentials = new BasicAWSCredentials("AKIASAMPLE", "sample");
        using var clients = new AwsClients(credentials, roles, settings.Region) { Connections = services };
        var targets = new TargetFactory(clients, time);
        await using (targets.ConfigureAwait(false))
        {
            var log = new JsonLog(output, settings.LogLevel, time);
            using var cloudWatch = new AmazonCloudWatchClient(credentials, new AwsClientConfig(AmazonCloudWatchClient.Service, settings.Region) { HttpClientFactory = services });
            IMetricPublisher metrics = settings.Metrics == "cloudwatch" ? new CloudWatchPublisher(cloudWatch, log, time) : new EmfPublisher(log, time);
            var dispatcher = new Dispatcher(new SampleMappings(mappings), targets, settings.Delivery, time, new Random());
            var function = new Function(new RuntimeClient(http, settings.RuntimeApi), dispatcher, metrics, settings, log, time);
            await function.RunAsync(done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class SampleMappings(MappingSet set) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(set);
    }
}
