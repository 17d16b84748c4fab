using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets;

/// <summary>What the examples of the help speak of: every function, source, target and destination that they name.</summary>
public sealed class ExampleCloud : IAsyncDisposable
{
    private const string Row = """{"sourceArn":{"S":"%S"},"id":{"S":"%I"},"type":{"S":"%T"},"destination":{"S":"%D"},"active":{"BOOL":true}%M}""";

    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    /// <summary>Starts it.</summary>
    /// <param name="example">What is run in it: what an example makes is not there before.</param>
    public ExampleCloud(string example)
    {
        ArgumentNullException.ThrowIfNull(example);
        var cloud = _session.Cloud;
        cloud.Kinesis.CreateStream("clicks");
        cloud.Kinesis.CreateStream("copy", accountId: "210987654321");
        var table = cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES");
        table.TryStreamTo(cloud.Kinesis.CreateStream("changes"));
        string customers = table.EventStream!.Arn;
        cloud.Dynamo.CreateTable("fanout-nextTargets", "sourceArn", "id");
        foreach (string queue in new[] { "archive-queue", "dropped", "orders-failed", "audit-failed" })
        {
            cloud.Sqs.CreateQueue(queue);
        }

        cloud.S3.CreateBucket("orders-undelivered");
        cloud.Sns.CreateTopic("news");
        cloud.Sns.CreateTopic("operations");
        cloud.Firehose.CreateDeliveryStream("lake");
        cloud.Sts.AddRole("arn:aws:iam::210987654321:role/writer", "ext-1");
        cloud.Dynamo.CreateTable("fanout-prodTargets", "sourceArn", "id", region: "eu-west-1");
        File.WriteAllText(Path.Join(_folder.Path, "sources.csv"), "Source,SourceType,BatchSize\norders,Kinesis,100\ncustomers,DynamoDB,\n");
        File.WriteAllText(Path.Join(_folder.Path, "targets.csv"), $"Id,SourceArn,Type,Destination\narchive,{CloudSession.Orders},sqs,arn:aws:sqs:us-east-1:123456789012:archive-queue\n");
        File.WriteAllText(Path.Join(_folder.Path, "refused.ndjson"), $$"""{"version":1,"mappingId":"archive","sourceArn":"{{CloudSession.Orders}}","sequenceNumber":"1","class":"Refused","data":"MQ=="}""");
        File.WriteAllText(Path.Join(_folder.Path, "fanout.json"), """{ "Targets": [ { "Id": "archive", "Type": "sqs", "Destination": "archive-queue", "Source": "orders", "SourceType": "Kinesis" } ] }""");
        Package.Write(Path.Join(_folder.Path, "function.zip"));
        if (Makes(example, "Publish-FanOutFunction"))
        {
            return;
        }

        foreach (string function in new[] { "fanout", "fanout-next", "arn:aws:lambda:eu-west-1:123456789012:function:fanout-prod" })
        {
            _session.Cloud.Logs.CreateLogGroup($"/aws/lambda/{function.Split(':')[^1]}");
            _session.Lambda.Add(function, new RecordingFunction(), new() { Tags = new Dictionary<string, string> { ["fanout:function"] = function } });
        }

        if (!Makes(example, "Connect-FanOutSource"))
        {
            _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest });
            _session.Lambda.CreateEventSourceMapping(customers, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest });
        }

        if (Makes(example, "Register-FanOutTarget"))
        {
            return;
        }

        Put(CloudSession.Orders, "archive", "sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/archive-queue", ""","deadLetter":{"S":"arn:aws:sqs:us-east-1:123456789012:orders-failed"}""");
        Put(CloudSession.Orders, "backup-1", "firehose", "lake");
        Put(CloudSession.Orders, "search", "es", "https://search.old.example.org#orders");
        Put(customers, "copy", "kinesis", "copy", ""","role":{"S":"arn:aws:iam::210987654321:role/writer"},"externalId":{"S":"ext-1"}""");
        Put(customers, "broken", "sqs", "not a queue");
    }

    /// <summary>Runs an example, in a folder of its own, in a session where nobody can be asked.</summary>
    /// <remarks>A default of -Region would win over the region of piped objects.</remarks>
    public PowerShellResult Run(string example) => _session.Run($"""
        $PSDefaultParameterValues.Remove('*-FanOut*:Region')
        $StoredAWSRegion = 'us-east-1'
        $ConfirmPreference = 'None'
        Set-Location '{_folder.Path}'
        $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = 'function.zip'
        $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
        $PSDefaultParameterValues['Sync-FanOutTarget:PackagePath'] = 'function.zip'
        $PSDefaultParameterValues['Sync-FanOutTarget:SkipTest'] = $true
        {example}
        """);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    private static bool Makes(string example, string cmdlet) =>
        example.Contains(cmdlet, StringComparison.Ordinal) && !example.Contains("Get-FanOut", StringComparison.Ordinal);

    private void Put(string source, string id, string type, string destination, string more = "") => _session.Put(Row
        .Replace("%S", source, StringComparison.Ordinal).Replace("%I", id, StringComparison.Ordinal).Replace("%T", type, StringComparison.Ordinal)
        .Replace("%D", destination, StringComparison.Ordinal).Replace("%M", more, StringComparison.Ordinal));
}
