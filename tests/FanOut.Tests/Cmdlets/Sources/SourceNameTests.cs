using System.Management.Automation;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>-Source with and without -SourceType.</summary>
public sealed class SourceNameTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public SourceNameTests()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_IMAGE");
        _session.Cloud.Dynamo.CreateTable("streamless", "id");
        _session.Cloud.Sns.CreateTopic("news");
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("orders", "Kinesis")]
    [InlineData("customers", "DynamoDB")]
    [InlineData("news", "SNS")]
    public void A_name_alone_is_looked_for_among_all_kinds(string name, string kind) =>
        Assert.Equal($"{name} {kind}", Text(_session.Run($"Connect-FanOutSource -Source {name} -WarningAction Ignore").Only(), "Name", "Kind"));

    [Fact]
    public void A_name_that_several_have_is_asked_back()
    {
        _session.Cloud.Dynamo.CreateTable("orders", "id", streamView: "NEW_IMAGE");

        ErrorRecord error = _session.Run("Connect-FanOutSource -Source orders").Error();

        Assert.StartsWith("SourceAmbiguous,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("-Source 'orders' is the name of several sources in us-east-1: Kinesis stream, DynamoDB table.", error.Exception.Message);
        Assert.Equal("Say which: -SourceType Kinesis or DynamoDB.", error.ErrorDetails.RecommendedAction);
        Assert.Equal("orders DynamoDB", Text(_session.Run("Connect-FanOutSource -Source orders -SourceType DynamoDB -WarningAction Ignore").Only(), "Name", "Kind"));
    }

    [Theory]
    [InlineData("-Source ordres", "There is no Kinesis stream, DynamoDB table, SNS topic 'ordres' in us-east-1", " Is 'orders' meant?")]
    [InlineData("-Source custmers -SourceType DynamoDB", "There is no DynamoDB table 'custmers' in us-east-1", " Is 'customers' meant?")]
    [InlineData("-Source NEWS -SourceType SNS", "There is no SNS topic 'NEWS' in us-east-1", " Is 'news' meant?")]
    [InlineData("-Source quite-another", "There is no Kinesis stream, DynamoDB table, SNS topic 'quite-another' in us-east-1", "")]
    public void A_misspelt_name_is_told_with_the_nearest(string source, string message, string nearest)
    {
        ErrorRecord error = _session.Run($"Connect-FanOutSource {source}").Error();

        Assert.StartsWith("SourceNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($"AKIATESTSOFFANOUT000).{nearest}", error.Exception.Message.Replace("access key ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Check the name", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_a_stream_is_told_as_such()
    {
        ErrorRecord error = _session.Run("Connect-FanOutSource -Source streamless").Error();

        Assert.Contains("The DynamoDB table 'streamless' in us-east-1 has no stream", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("--stream-specification", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_not_look_for_every_kind_finds_what_is_there_or_is_told_what_was_denied()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb", Operation = "DescribeTable" });

        Assert.Equal("orders Kinesis", Text(_session.Run("Connect-FanOutSource -Source orders -WarningAction Ignore").Only(), "Name", "Kind"));
        Assert.StartsWith("AccessDenied,", _session.Run("Connect-FanOutSource -Source customers").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static string Text(PSObject source, params string[] properties) => string.Join(' ', properties.Select(p => source.Properties[p].Value));
}
