using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Guides;

/// <summary>What the guides take for granted: a stream, destinations, a role in another account; and a session in a folder of its own.</summary>
internal sealed class GuideCloud : IAsyncDisposable
{
    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    /// <summary>Starts it.</summary>
    public GuideCloud()
    {
        var cloud = _session.Cloud;
        foreach (string queue in new[] { "audit-queue", "audit-failed", "big-orders", "large-orders", "short-orders", "orders-failed" })
        {
            cloud.Sqs.CreateQueue(queue);
        }

        cloud.Kinesis.CreateStream("copy");
        cloud.Dynamo.CreateTable("orders", "id").TryStreamTo(cloud.Kinesis.CreateStream("changes"));
        cloud.Kinesis.CreateStream("copy", accountId: "210987654321", region: "eu-west-1");
        cloud.Firehose.CreateDeliveryStream("lake");
        cloud.Sts.AddRole("arn:aws:iam::210987654321:role/fanout-writer", "a-long-random-text");
        Package.Write(Path.Join(_folder.Path, "function.zip"));
        _session.Run($"""
            Set-Location '{_folder.Path}'
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = $PSDefaultParameterValues['Sync-FanOutTarget:PackagePath'] = 'function.zip'
            $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $PSDefaultParameterValues['Sync-FanOutTarget:SkipTest'] = $true
            """).ThrowIfFailed();
    }

    /// <summary>The rows of the table of mappings.</summary>
    public IReadOnlyList<System.Text.Json.JsonElement> Rows => _session.Rows;

    /// <summary>The event source mappings.</summary>
    public int EventSourceMappings => _session.Lambda.EventSourceMappings.Count;

    /// <summary>Puts records into the stream orders.</summary>
    public void PutOrders(params string[] records)
    {
        foreach (string record in records)
        {
            _session.Cloud.Kinesis.Find("orders")!.Put(record, System.Text.Encoding.UTF8.GetBytes(record));
        }
    }

    /// <summary>Lets Lambda give up what the stream orders holds, and put it into a bucket.</summary>
    public async Task GiveUpOrdersAsync(string bucket)
    {
        _session.Cloud.S3.CreateBucket(bucket);
        _session.Lambda.Add("fanout", new RecordingFunction(static _ => new InvocationResult("r", "{}"u8.ToArray(), "Unhandled")));
        _session.Run($"Connect-FanOutSource orders -OnFailureDestination arn:aws:s3:::{bucket} -StartingPosition TrimHorizon -MaximumRetryAttempts 0 -SkipPolicy").ThrowIfFailed();
        await _session.Lambda.EventSourceMappings.Values.Single().WhenIdleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What a queue got.</summary>
    public IEnumerable<string> MessagesOf(string queue) =>
        _session.Cloud.Sqs.Received.Where(a => a.Destination.EndsWith(":" + queue, StringComparison.Ordinal)).Select(static a => a.Text);

    /// <summary>A file that a guide has written.</summary>
    public string Read(string file) => File.ReadAllText(Path.Join(_folder.Path, file));

    /// <summary>Runs a block; what it set stays for the next one.</summary>
    public PowerShellResult Run(string block) => _session.Run($". {{\n{block}\n}}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }
}
