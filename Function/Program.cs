using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Aws.Http;
using FanOut.Aws.Trust;
using FanOut.Dispatch.Start;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Engine.Progress;
using FanOut.Engine.Settings;
using FanOut.Engine.Targets;

namespace FanOut.Dispatch;

/// <summary>The composition root: makes all parts of the function.</summary>
internal static class Program
{
    // Lambda polls each shard once a second, so most batches of a healthy stream are younger than this and need no look-up of progress.
    private static readonly TimeSpan YoungestAgain = TimeSpan.FromSeconds(2);

    private static async Task<int> Main()
    {
        SocketThreads.GoOn();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var runtime = new RuntimeClient(http, Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") ?? "");
        try
        {
            await RunAsync(runtime, FunctionSettings.Read(Environment.GetEnvironmentVariable)).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is FormatException or AmazonClientException)
        {
            await Console.Error.WriteLineAsync($"FanOut cannot start: {e.Message}").ConfigureAwait(false);
            if (Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 })
            {
                await runtime.FailInitAsync(e.GetType().Name, e.Message, CancellationToken.None).ConfigureAwait(false);
            }

            return 1;
        }
    }

    private static async Task RunAsync(RuntimeClient runtime, FunctionSettings settings)
    {
        // Says at once when AWS_CA_BUNDLE is wrong: no call would succeed.
        _ = ServerTrust.Instance;
        TimeProvider time = TimeProvider.System;
        using Stream output = Console.OpenStandardOutput();
        var log = new JsonLog(output, settings.LogLevel, time);
        AWSCredentials own = ReadCredentials();
        using var dynamo = new AmazonDynamoDBClient(own, new AmazonDynamoDBConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region),
            HttpClientFactory = SharedHttpClientFactory.Instance,

            // AWSSDK's ten take almost two minutes, in which nobody learns why. PatientMappingSource knows how much time there is.
            MaxErrorRetry = 4,
        });
        using var sts = AssumedRoles.CreateClient(settings.Region, own);
        var roles = new AssumedRoles(sts, settings.FunctionName, time);
        using var clients = new AwsClients(own, roles, settings.Region) { Http = new HttpConnections(settings.HttpAddresses, time) };
        var targets = new TargetFactory(clients, time);
        await using (targets.ConfigureAwait(false))
        {
            var function = new OwnFunction(settings.FunctionName, settings.Region);
            var mappings = new PatientMappingSource(
                new MappingCache(new DynamoMappingSource(dynamo, settings.Table, function), settings.Refresh, time), time, new Random());
            var dispatcher = new Dispatcher(mappings, targets, settings.Delivery, time, new Random())
            {
                DeadLetters = new SendDeadLetters(clients, new Origin(settings.FunctionName, settings.FunctionVersion), time, new Random()),
                Progress = settings.Progress switch
                {
                    "false" => null,
                    "always" => new ProgressTable(dynamo, settings.Table, time, new Random()),
                    _ => new ProgressTable(dynamo, settings.Table, time, new Random(), YoungestAgain),
                },
            };
            using var cloudWatch = new AmazonCloudWatchClient(own, new AwsClientConfig(AmazonCloudWatchClient.Service, settings.Region));
            IMetricPublisher? metrics = settings.Metrics switch
            {
                "cloudwatch" => new CloudWatchPublisher(cloudWatch, log, time),
                "emf" => new EmfPublisher(log, time),
                _ => null,
            };
            var sources = new KnownSources(dynamo, settings.Table, settings.FunctionName, time);
            await new WarmUp(sources, mappings, targets, new Rehearsal(settings, roles, Stream.Null, time).RunAsync, log, time).RunAsync().ConfigureAwait(false);
            await new Function(runtime, dispatcher, metrics, settings, log, time) { Sources = sources }.RunAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The credentials of the function's role, which stay as they are for as long as the process lives; AWSSDK.Core would read them anew for each call.</summary>
    private static AWSCredentials ReadCredentials()
    {
        ImmutableCredentials keys = new EnvironmentVariablesAWSCredentials().GetCredentials();
        return keys.UseToken ? new SessionAWSCredentials(keys.AccessKey, keys.SecretKey, keys.Token) : new BasicAWSCredentials(keys.AccessKey, keys.SecretKey);
    }
}
