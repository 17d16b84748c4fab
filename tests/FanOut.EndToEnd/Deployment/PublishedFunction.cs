using System.Runtime.InteropServices;
using FanOut.EndToEnd.Servers;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Deployment;

/// <summary>
/// The function "proof", published with the module's own package and run under the policies that the cmdlets give its role; with a stream and a
/// table connected, and a target of every type for each.
/// </summary>
internal sealed class PublishedFunction : IAsyncDisposable
{
    public const string Name = "proof";
    public const string OtherAccount = "210987654321";
    public const string RoleArn = "arn:aws:iam::123456789012:role/proofRole";
    public const string WriterArn = $"arn:aws:iam::{OtherAccount}:role/writer";

    /// <summary>The types of targets that IAM is asked about, for an endpoint's secret too; caches know nothing of it. An endpoint needs a network.</summary>
    public static readonly string[] Types =
    [
        "sns", "sqs", "es", "kinesis", "firehose", "iot", "lambda", "events", "states", .. HttpsEndpoint.OwnAddress is null ? Array.Empty<string>() : ["http"],
    ];

    private readonly CloudSession _session = new(enforcePolicies: true);
    private RedisServer? _redis;
    private MemcachedServer? _memcached;
    private HttpsEndpoint? _endpoint;
    private ServerCertificate? _certificate;
    private string _secret = "";

    private PublishedFunction()
    {
    }

    public CloudSession Session => _session;

    public RecordingFunction Receiver { get; } = new();

    public RedisServer Redis => _redis!;

    public MemcachedServer Memcached => _memcached!;

    /// <summary>The HTTPS endpoint; null: this machine has no network.</summary>
    public HttpsEndpoint? Endpoint => _endpoint;

    public IamRole Role => _session.Cloud.Iam.Find(RoleArn)!;

    public IamRole Writer => _session.Cloud.Iam.Find(WriterArn)!;

    /// <summary>Makes the destinations, publishes and connects the function, and registers the targets; by the cmdlets, as a user would.</summary>
    /// <param name="withCaches">Whether a Redis and a Memcached are targets too.</param>
    public static async Task<PublishedFunction> StartAsync(bool withCaches = false)
    {
        SkipWithoutPackage();
        PublishedFunction published = new();
        try
        {
            published.CreateDestinations();
            string variables = await published.StartEndpointAsync();
            published.Run($$"""
                $PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'proof'
                Publish-FanOutFunction -Architecture x86_64 -MemorySize 512 -Environment @{ FANOUT_REFRESH_SECONDS = 0; FANOUT_PROGRESS = 'always'{{variables}} } | Out-Null
                $failed = @{ OnFailureDestination = 'arn:aws:sqs:us-east-1:123456789012:failed'; BatchingWindow = 0; Wait = $true }
                Connect-FanOutSource -Source orders -SourceType Kinesis -StartingPosition TrimHorizon @failed | Out-Null
                Connect-FanOutSource -Source customers -SourceType DynamoDB -StartingPosition TrimHorizon @failed | Out-Null
                """);
            await published.RegisterAsync(withCaches);
            published.CreateWriter();
            return published;
        }
        catch
        {
            await published.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the test where the program is not there that publishing deploys.</summary>
    public static void SkipWithoutPackage()
    {
        if (!File.Exists(Path.Join(Checkout.Root, "bin", "function", "fanout-linux-x64.zip")))
        {
            ServerMissing.EndTest("fanout-linux-x64.zip", "dotnet publish Function -c Release -r linux-x64");
        }

        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "This machine has another processor.");
    }

    /// <summary>Runs a script that must not fail.</summary>
    public PowerShellResult Run(string script) => _session.Run(script).ThrowIfFailed();

    /// <summary>Puts records into both sources and waits until the function was told of all.</summary>
    public async Task PutAsync(params string[] markers)
    {
        foreach (string marker in markers)
        {
            Put(marker);
        }

        foreach (var mapping in _session.Lambda.EventSourceMappings.Values)
        {
            await mapping.WhenIdleAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Puts a record into each source: <c>stream-…</c> and <c>table-…</c>.</summary>
    public void Put(string marker)
    {
        _session.Cloud.Kinesis.Find("orders")!.Put($"stream-{marker}", System.Text.Encoding.UTF8.GetBytes($$"""{"text":"stream-{{marker}}"}"""));
        _session.Cloud.Dynamo.Find("customers")!.Put($$"""{"text":{"S":"table-{{marker}}"} }""");
    }

    /// <summary>Permissions that the function, or who it became, needed and did not have.</summary>
    public IEnumerable<AccessCheck> Denied => _session.Cloud.AccessChecks.Where(static check => check.Decision != AccessDecision.Allowed);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await (_redis?.DisposeAsync() ?? default);
        await (_memcached?.DisposeAsync() ?? default);
        await (_endpoint?.DisposeAsync() ?? default);
        _certificate?.Dispose();
    }

    private void CreateDestinations()
    {
        LocalCloud.Cloud cloud = _session.Cloud;
        string local = cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        cloud.Dynamo.CreateTable("customers", "text", streamView: "NEW_AND_OLD_IMAGES");
        cloud.Sqs.CreateQueue("failed");
        cloud.Sns.CreateTopic("all");
        cloud.Sqs.CreateQueue("all");
        cloud.OpenSearch.CreateDomain("search", local);
        cloud.Kinesis.CreateStream("all", accountId: OtherAccount);
        cloud.Firehose.CreateDeliveryStream("all");
        cloud.EventBridge.CreateEventBus("all");
        cloud.StepFunctions.CreateStateMachine("all");
        cloud.Iot.EndpointAddress = local;
        _session.Lambda.Add("receiver", Receiver);
    }

    /// <returns>The variables by which the function reaches it.</returns>
    private async Task<string> StartEndpointAsync()
    {
        if (HttpsEndpoint.OwnAddress is null)
        {
            return "";
        }

        _endpoint = await HttpsEndpoint.StartAsync(address => _certificate = new ServerCertificate(address), "Bearer of all", TestContext.Current.CancellationToken);
        _secret = _session.Cloud.SecretsManager.Put("endpoint", """{"Authorization":"Bearer of all"}""");
        return $"; FANOUT_HTTP_NETWORKS = '{_endpoint.Network}'; AWS_CA_BUNDLE = '{_certificate!.AuthorityFile}'";
    }

    // Names are looked up as the user, who may do everything here; another account's stream is named in full.
    private async Task RegisterAsync(bool withCaches)
    {
        string caches = "";
        if (withCaches)
        {
            (_redis, _memcached) = (await RedisServer.StartAsync(), await MemcachedServer.StartAsync());
            caches = $"""
                    Register-FanOutTarget redis redis 127.0.0.1:{_redis.Port} @source
                    Register-FanOutTarget memcached memcached 127.0.0.1:{_memcached.Port} @source
                """;
        }

        Run($$"""
            foreach ($source in @{ Source = 'orders'; SourceType = 'Kinesis'; Enabled = $true }, @{ Source = 'customers'; SourceType = 'DynamoDB'; Enabled = $true; ConvertDDB = $true }) {
                Register-FanOutTarget sns sns all @source
                Register-FanOutTarget sqs sqs all @source
                Register-FanOutTarget es es search -Index all @source
                Register-FanOutTarget kinesis kinesis arn:aws:kinesis:us-east-1:{{OtherAccount}}:stream/all -DestinationRoleArn {{WriterArn}} -ExternalId ext-1 @source
                Register-FanOutTarget firehose firehose all @source
                Register-FanOutTarget iot iot all/records @source
                Register-FanOutTarget events events all @source
                Register-FanOutTarget states states all @source
                Register-FanOutTarget lambda lambda receiver @source
                {{(_endpoint is null ? "" : $"Register-FanOutTarget http http {_endpoint.Url("/all")} -Collapse JSON -HeadersSecret {_secret} @source")}}
                {{caches}}
            }
            """);
    }

    // What the owner of the other account does with what Get-FanOutPolicy gives for it.
    private void CreateWriter()
    {
        string Document(string kind) => (string)Run($"Get-FanOutPolicy -PolicyType {kind} | Where-Object RoleArn -eq {WriterArn}").Property("Document")!;
        _session.Cloud.Iam.CreateRole("writer", Document("Trust"), accountId: OtherAccount).PutPolicy("write", Document("TargetRole"));
    }
}
