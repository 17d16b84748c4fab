using System.Management.Automation;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Kinesis;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Tables whose changes a Kinesis stream carries: the table tells which stream, and the stream's records that they are changes.</summary>
public sealed class CarriedTableTests : IAsyncDisposable
{
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/changes";

    private readonly CloudSession _session = new();

    [Theory]
    [InlineData("-SourceType DynamoDB")]
    [InlineData("")]
    public void The_stream_that_carries_a_table_s_changes_and_its_hash_key_are_found_by_the_table_s_name(string type)
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("sales", "customer", "number", streamView: "NEW_IMAGE");
        table.TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));
        PowerShellResult result = _session.Run($"Register-FanOutTarget es search https://search.example.com#sales -Source sales {type} -RecordFormat Dynamodb-Changes -ConvertDDB -WarningAction Ignore -Verbose").ThrowIfFailed();

        Assert.Equal($"{Stream} customer dynamodb-changes", Text(result.Only(), "SourceArn", "HashKey", "RecordFormat"));
        Assert.Contains(result.Verbose, static v => v.Contains($"The table sales streams its changes to {Stream}: that is the source", StringComparison.Ordinal));

        // The same again is the same, and by its ARN too.
        Assert.Equal("search", Text(_session.Run($"Register-FanOutTarget es search https://search.example.com#sales -SourceArn {Stream} -RecordFormat dynamodb-changes -ConvertDDB -WarningAction Ignore").Only(), "Id"));

        // Without the format the table's own stream is meant.
        Assert.StartsWith(table.EventStream!.Arn, Text(_session.Run($"Register-FanOutTarget es search https://search.example.com#sales -Source sales {type} -ConvertDDB -WarningAction Ignore").Only(), "SourceArn"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_the_table_s_name_is_that_stream_unless_the_table_streams_to_another()
    {
        _session.Cloud.Dynamo.CreateTable("orders", "id").TryStreamTo(_session.Cloud.Kinesis.Find("orders")!);
        DynamoTable other = _session.Cloud.Dynamo.CreateTable("news", "id");
        KinesisStream news = _session.Cloud.Kinesis.CreateStream("news", 1);
        const string Register = "Register-FanOutTarget es search https://search.example.com#sales -RecordFormat dynamodb-changes -WarningAction Ignore";

        Assert.Equal("arn:aws:kinesis:us-east-1:123456789012:stream/orders", Text(_session.Run($"{Register} -Source orders").Only(), "SourceArn"));
        Assert.Equal(news.Arn, Text(_session.Run($"{Register} -Source news").Only(), "SourceArn"));

        other.TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));
        Assert.Equal("Say which: -SourceType DynamoDB or Kinesis.", _session.Run($"{Register} -Source news -Force").Error().ErrorDetails.RecommendedAction);
        Assert.Equal(Stream, Text(_session.Run($"{Register} -Source news -SourceType DynamoDB").Only(), "SourceArn"));
        Assert.Equal(news.Arn, Text(_session.Run($"{Register} -Source news -SourceType Kinesis").Only(), "SourceArn"));
    }

    [Fact]
    public void A_table_that_streams_to_no_Kinesis_stream_or_to_several_is_told_as_such()
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("sales", "id", streamView: "NEW_IMAGE");
        const string Register = "Register-FanOutTarget es search https://search.example.com#sales -Source sales -SourceType DynamoDB -RecordFormat dynamodb-changes";

        ErrorRecord none = _session.Run(Register).Error();
        Assert.Equal("The DynamoDB table 'sales' in us-east-1 streams its changes to no Kinesis stream, which -RecordFormat dynamodb-changes asks for.", none.Exception.Message);
        Assert.Contains("enable-kinesis-streaming-destination --table-name sales", none.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        table.TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));
        table.TryStreamTo(_session.Cloud.Kinesis.CreateStream("copy", 1));
        ErrorRecord several = _session.Run(Register).Error();
        Assert.StartsWith("SourceAmbiguous,", several.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"{Stream}, arn:aws:kinesis:us-east-1:123456789012:stream/copy", several.Exception.Message, StringComparison.Ordinal);

        Assert.StartsWith("SourceNotFound,", _session.Run(Register.Replace("-Source sales", "-Source sails", StringComparison.Ordinal)).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_whose_changes_only_Kinesis_carries_says_which_stream_is_the_source()
    {
        _session.Cloud.Dynamo.CreateTable("sales", "id").TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));

        foreach (string script in new[] { "Register-FanOutTarget es search https://search.example.com#sales", "Connect-FanOutSource", "Set-FanOutTarget search -Collapse none" })
        {
            ErrorRecord error = _session.Run($"{script} -Source sales").Error();
            Assert.Equal($"The DynamoDB table 'sales' in us-east-1 has no stream of its own; its changes go to the Kinesis stream {Stream}.", error.Exception.Message);
            Assert.StartsWith($"Let that be the source: -SourceArn {Stream}, with -RecordFormat dynamodb-changes where a target is registered", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        // Whoever may not ask for it is told what was known before.
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeKinesisStreamingDestination" });
        ErrorRecord unseen = _session.Run("Connect-FanOutSource -Source sales").Error();
        Assert.Equal("The DynamoDB table 'sales' in us-east-1 has no stream.", unseen.Exception.Message);
        Assert.StartsWith("Turn it on: aws dynamodb update-table", unseen.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("AccessDenied,", _session.Run("Register-FanOutTarget es search https://search.example.com#sales -Source sales -SourceType DynamoDB -RecordFormat dynamodb-changes").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_describe_the_table_is_told_that_its_keys_were_not_seen()
    {
        _session.Cloud.Dynamo.CreateTable("sales", "customer", "number").TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeTable" });

        PowerShellResult result = _session.Run("Register-FanOutTarget es search https://search.example.com#sales -Source sales -SourceType DynamoDB -RecordFormat dynamodb-changes -ConvertDDB").ThrowIfFailed();

        Assert.Equal("", Text(result.Only(), "HashKey"));
        Assert.Contains(result.Warnings, static w => w.StartsWith("Whether the keys of the table sales have two parts, so that a target needs -HashKey, could not be found out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hash_key_that_is_not_the_table_s_is_refused()
    {
        _session.Cloud.Dynamo.CreateTable("sales", "customer", "number").TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));

        Assert.Contains("is not the hash key of the table, which is 'customer'", _session.Run("Register-FanOutTarget es search https://search.example.com#sales -Source sales -SourceType DynamoDB -RecordFormat dynamodb-changes -HashKey number").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_no_target_yet_is_tested_with_the_table_s_name_too()
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("sales", "id");
        table.TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));
        table.Put("""{"id":{"S":"17"},"total":{"N":"12"}}""");

        PowerShellResult result = _session.Run("[pscustomobject]@{ Id = 'a'; Type = 'redis'; Destination = 'cache:6379'; Source = 'sales'; SourceType = 'DynamoDB'; RecordFormat = 'dynamodb-changes'; ConvertDDB = $true } | Test-FanOutTarget -Live -PassThru").ThrowIfFailed();

        Assert.Equal("""17 {"id":"17","total":12}""", Text(result.Only(), "Key", "Text"));
    }

    [Theory]
    [InlineData("es", "https://search.example.com#sales", "dynamodb-changes", true, "Pass", "All 2 records read are changes of the table sales.", "")]
    [InlineData("es", "https://search.example.com#sales", "dynamodb-changes", false, "Warn", "some with times in milliseconds", "aws dynamodb update-kinesis-streaming-destination --table-name sales --stream-arn arn:aws:kinesis:us-east-1:123456789012:stream/changes")]
    [InlineData("redis", "cache:6379", "dynamodb-changes", false, "Warn", "some with times in milliseconds", "ApproximateCreationDateTimePrecision=MICROSECOND")]
    [InlineData("memcached", "cache:11211", "dynamodb-changes", false, "Pass", "All 2 records read are changes of the table sales.", "")]
    [InlineData("es", "https://abc.us-east-1.aoss.amazonaws.com#sales", "dynamodb-changes", false, "Pass", "All 2 records read are changes of the table sales.", "")]
    [InlineData("es", "https://search.example.com#sales", "raw", true, "Pass", "which the target gets as they are. With Set-FanOutTarget 't' -RecordFormat dynamodb-changes", "")]
    public void What_a_stream_holds_tells_whether_the_format_fits(string type, string destination, string format, bool isExact, string status, string detail, string remedy)
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("sales", "id");
        KinesisStream stream = _session.Cloud.Kinesis.CreateStream("changes", 1);
        table.TryStreamTo(stream, isExact);
        table.Put("""{"id":{"S":"17"},"total":{"N":"12"}}""");
        table.Delete("""{"id":{"S":"17"}}""");
        _session.Run($"Register-FanOutTarget {type} t {destination} -SourceArn {Stream} -RecordFormat {format} -WarningAction Ignore").ThrowIfFailed();

        PSObject check = Format(_session.Run($"Test-FanOutTarget t -SourceArn {Stream} -Live").ThrowIfFailed());
        Assert.Equal(status, Text(check, "Status"));
        Assert.Contains(detail, Text(check, "Detail"), StringComparison.Ordinal);
        Assert.Contains(remedy, Text(check, "Remedy"), StringComparison.Ordinal);

        // What is no change says nothing of a target that takes all as it is.
        stream.Put("key", "no change"u8.ToArray());
        PowerShellResult mixed = _session.Run($"Test-FanOutTarget t -SourceArn {Stream} -Live").ThrowIfFailed();
        if (format == "raw")
        {
            Assert.DoesNotContain(mixed.Output, static o => Text(o, "Check") == "Format");
        }
        else
        {
            Assert.Equal("Warn 1 of 3 records are no changes of DynamoDB tables, which -RecordFormat dynamodb-changes says of all: such fail as NotChange.", Text(Format(mixed), "Status", "Detail"));
        }
    }

    [Theory]
    [InlineData("dynamodb-changes", "Fail")]
    [InlineData("raw", null)]
    public void A_stream_without_changes_does_not_fit_a_target_that_takes_all_for_changes(string format, string? status)
    {
        KinesisStream stream = _session.Cloud.Kinesis.CreateStream("changes", 1);
        foreach (string data in new[] { "no JSON", "[1]", """{"eventName":7}""", """{"eventName":"INSERT","dynamodb":{"Keys":{}}}""", """{"eventName":"INSERT","dynamodb":[]}""" })
        {
            stream.Put("key", System.Text.Encoding.UTF8.GetBytes(data));
        }

        _session.Run($"Register-FanOutTarget memcached t cache:11211 -SourceArn {Stream} -RecordFormat {format} -WarningAction Ignore").ThrowIfFailed();

        PSObject[] checks = [.. _session.Run($"Test-FanOutTarget t -SourceArn {Stream} -Live").ThrowIfFailed().Output.Where(static o => Text(o, "Check") == "Format")];
        Assert.Equal(status, checks.Select(static c => Text(c, "Status")).SingleOrDefault());
        Assert.All(checks, static c => Assert.Equal("Take them as they are: Set-FanOutTarget 't' -RecordFormat raw -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/changes' -Region us-east-1.", Text(c, "Remedy")));
    }

    private static PSObject Format(PowerShellResult result) => Assert.Single(result.Output, static o => Text(o, "Check") == "Format");

    private static string Text(PSObject from, params string[] names) => string.Join(' ', names.Select(n => $"{from.Properties[n]?.Value}"));

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
