using System.Management.Automation;
using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>What the cmdlets find out of the table whose stream is a source: its images and its hash key.</summary>
public sealed class StreamedTableTests : IAsyncDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";
    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("KEYS_ONLY", "", "its view is newImage, which a stream of the view type KEYS_ONLY never carries: its records fail. Give -View record, which needs no image, or give the table another stream")]
    [InlineData("OLD_IMAGE", "-View newImage", "its view is newImage, which a stream of the view type OLD_IMAGE never carries")]
    [InlineData("KEYS_ONLY", """-Filter '{"eventName":["INSERT"]}'""", "which a stream of the view type KEYS_ONLY never carries")]
    [InlineData("KEYS_ONLY", """-Filter '{"keys":{"pk":["a"]}}' -View both""", "which a stream of the view type KEYS_ONLY never carries")]
    [InlineData("NEW_IMAGE", """-Filter '{"$or":[{"eventName":["REMOVE"]},{"eventName":["INSERT"]}]}' -View oldImage""", "which a stream of the view type NEW_IMAGE never carries")]
    [InlineData("NEW_IMAGE", "-View oldImage", "its view is oldImage, which a stream of the view type NEW_IMAGE never carries")]
    public void A_view_that_the_stream_never_carries_is_refused_by_name_and_by_ARN(string viewType, string parameters, string message)
    {
        string arn = Table(viewType);

        foreach (string source in new[] { "-Source customers -SourceType DynamoDB", $"-SourceArn {arn}" })
        {
            ErrorRecord error = _session.Run($"Register-FanOutTarget sqs t1 {Queue} {source} {parameters}").Error();

            Assert.Equal("InvalidParameter,FanOut.Commands.RegisterFanOutTargetCommand", error.FullyQualifiedErrorId);
            Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
            Assert.Empty(_session.Rows);
        }
    }

    [Theory]
    [InlineData("KEYS_ONLY", "sqs t1 " + Queue + " -View record")]
    [InlineData("KEYS_ONLY", "lambda t1 arn:aws:lambda:us-east-1:123456789012:function:worker")]
    [InlineData("NEW_AND_OLD_IMAGES", "sqs t1 " + Queue + " -View both")]
    [InlineData("NEW_IMAGE", "sqs t1 " + Queue)]
    [InlineData("KEYS_ONLY", "sqs t1 " + Queue + " -Filter '{\"eventName\":[\"REMOVE\"]}'")]
    [InlineData("NEW_IMAGE", "sqs t1 " + Queue + " -View oldImage -Filter '{\"eventName\":[\"INSERT\"]}'")]
    [InlineData("NEW_IMAGE", "sqs t1 " + Queue + " -View both -Filter '{\"eventName\":[{\"anything-but\":[\"REMOVE\"]}]}'")]
    public void What_the_stream_carries_is_registered_without_a_word(string viewType, string arguments)
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        string arn = Table(viewType);
        _session.Run($"Connect-FanOutSource -SourceArn {arn} -WarningAction Ignore").ThrowIfFailed();

        Assert.Empty(_session.Run($"Register-FanOutTarget {arguments} -SourceArn {arn}").ThrowIfFailed().Warnings);
        Assert.Single(_session.Rows);
    }

    [Theory]
    [InlineData("NEW_IMAGE", "-View both", "its view is both, but a stream of the view type NEW_IMAGE carries no old images: records of changed and removed items fail")]
    public void What_the_stream_carries_in_part_is_warned_of(string viewType, string parameters, string message)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn {Table(viewType)} {parameters}").ThrowIfFailed();

        Assert.Single(result.Warnings, w => w.Contains(message, StringComparison.Ordinal));
        Assert.Single(_session.Rows);
    }

    [Fact]
    public void Who_may_not_see_the_table_registers_all_the_same_and_is_told_once()
    {
        string arn = Table("KEYS_ONLY", "sk");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeTable" });

        PowerShellResult result = _session.Run($"'t1', 't2' | ForEach-Object {{ [pscustomobject]@{{ Id = $_ }} }} | Register-FanOutTarget sqs -Destination {Queue} -SourceArn {arn}").ThrowIfFailed();

        Assert.Single(result.Warnings, w => w.StartsWith($"Whether {arn} carries the images", StringComparison.Ordinal) && w.Contains("as access key AKIATESTSOFFANOUT000", StringComparison.Ordinal));
        Assert.All(result.Output, static o => Assert.Null(o.Properties["HashKey"].Value));
    }

    [Fact]
    public void A_stream_that_is_not_the_table_s_any_more_tells_nothing()
    {
        string old = Table("KEYS_ONLY") + "1";
        Assert.Null(_session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn {old}").ThrowIfFailed().Property("HashKey"));
    }

    [Fact]
    public void A_change_of_the_view_is_checked_as_a_new_target_is()
    {
        string arn = Table("NEW_IMAGE");
        _session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn {arn}").ThrowIfFailed();

        ErrorRecord error = _session.Run($"Set-FanOutTarget t1 -SourceArn {arn} -View oldImage").Error();
        ErrorRecord filtered = _session.Run($"Set-FanOutTarget t1 -SourceArn {arn} -View oldImage -Filter '{{\"eventName\":[\"MODIFY\"]}}'").Error();
        string warning = Assert.Single(_session.Run($"Set-FanOutTarget t1 -SourceArn {arn} -View both").ThrowIfFailed().Warnings);
        string repair = $"Set-FanOutTarget -Id 't1' -View record -SourceArn '{arn}' -Region us-east-1";
        _session.Run($"Set-FanOutTarget t1 -SourceArn {arn} -View record").ThrowIfFailed();

        Assert.Contains("NEW_IMAGE never carries", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("NEW_IMAGE never carries", filtered.Exception.Message, StringComparison.Ordinal);
        Assert.Contains($"Show what needs no image ({repair}), or", warning, StringComparison.Ordinal);
        _session.Run(repair).ThrowIfFailed();
        Assert.Equal("record", Text("view"));
    }

    [Fact]
    public void Connecting_warns_of_active_targets_that_the_stream_has_nothing_for()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        string arn = Table("KEYS_ONLY");
        Put(arn, "old", "true");
        Put(arn, "off", "false");

        PowerShellResult result = _session.Run($"Connect-FanOutSource -SourceArn {arn}").ThrowIfFailed();

        Assert.Single(result.Warnings, static w => w.Contains("KEYS_ONLY", StringComparison.Ordinal) && w.StartsWith("The target 'old' will not get all records", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Warnings, static w => w.Contains("'off'", StringComparison.Ordinal));
    }

    [Fact]
    public void Get_FanOutSource_names_it_as_a_problem_with_one_more_call()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        string arn = Table("KEYS_ONLY");
        Put(arn, "old", "true");
        Put(arn, "older", "true");
        _session.Forget();

        PowerShellResult result = _session.Run("Get-FanOutSource").ThrowIfFailed();

        string[] problems = (string[])result.Property("Problems")!;
        Assert.Equal(2, problems.Count(static p => p.Contains("KEYS_ONLY never carries", StringComparison.Ordinal)));
        Assert.Single(_session.Calls, "dynamodb:DescribeTable");
        foreach (string problem in problems.Where(static p => p.Contains("KEYS_ONLY", StringComparison.Ordinal)))
        {
            _session.Run(problem[(problem.LastIndexOf(". ", StringComparison.Ordinal) + 2)..]).ThrowIfFailed();
        }

        Assert.DoesNotContain((string[])_session.Run("Get-FanOutSource").Property("Problems")!, static p => p.Contains("KEYS_ONLY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sk", "pk")]
    [InlineData(null, null)]
    public void A_new_target_knows_the_hash_key_of_a_table_with_two(string? rangeKey, string? expected)
    {
        string arn = Table("NEW_IMAGE", rangeKey);

        Assert.Equal(expected, _session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn {arn}").ThrowIfFailed().Property("HashKey"));
        Assert.Equal(expected, Text("hashKey"));
    }

    [Fact]
    public void A_row_of_the_original_keeps_its_order_when_it_is_replaced_or_copied()
    {
        string arn = Table("NEW_IMAGE", "sk");
        Put(arn, "old", "true");
        _session.Cloud.Dynamo.CreateTable("copyTargets", "sourceArn", "id");

        PowerShellResult replaced = _session.Run($"Register-FanOutTarget sqs old {Queue} -SourceArn {arn} -Force").ThrowIfFailed();
        PowerShellResult copied = _session.Run("Get-FanOutTarget | Register-FanOutTarget -TableName copyTargets").ThrowIfFailed();
        PowerShellResult throughText = _session.Run("Get-FanOutTarget | ConvertTo-Csv | ConvertFrom-Csv | Register-FanOutTarget -TableName copyTargets -Force").ThrowIfFailed();

        Assert.Equal([null, null, null], new[] { replaced, copied, throughText }.Select(static r => r.Property("HashKey")));
    }

    [Theory]
    [InlineData("sk", "nosuch")]
    [InlineData("sk", "sk")]
    [InlineData(null, "nosuch")]
    public void A_name_that_is_not_the_hash_key_s_is_refused(string? rangeKey, string name)
    {
        string arn = Table("NEW_IMAGE", rangeKey);
        _session.Run($"Register-FanOutTarget es t1 https://search.example#orders -SourceArn {arn}").ThrowIfFailed();
        _session.Forget();

        foreach (string script in new[] { $"Register-FanOutTarget es t2 https://search.example#orders -SourceArn {arn} -HashKey {name}", $"Set-FanOutTarget t1 -SourceArn {arn} -HashKey {name}" })
        {
            Assert.Contains($"hashKey '{name}' is not the hash key of the table, which is 'pk'", _session.Run(script).Error().Exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void The_order_is_what_one_says_it_is()
    {
        string arn = Table("NEW_IMAGE", "sk");

        Assert.Null(_session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn {arn} -HashKey ''").ThrowIfFailed().Property("HashKey"));
        Assert.Equal("pk", _session.Run($"Set-FanOutTarget t1 -SourceArn {arn} -HashKey pk -PassThru").ThrowIfFailed().Property("HashKey"));
        Assert.Equal("pk", _session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn {arn} -Force").ThrowIfFailed().Property("HashKey"));
        Assert.Null(_session.Run($"Set-FanOutTarget t1 -SourceArn {arn} -HashKey $null -PassThru").ThrowIfFailed().Property("HashKey"));
    }

    private string Table(string viewType, string? rangeKey = null)
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("customers", "pk", rangeKey, viewType);
        return table.EventStream!.Arn;
    }

    private void Put(string arn, string id, string active) => _session.Put($$$"""
        {"sourceArn":{"S":"{{{arn}}}"},"id":{"S":"{{{id}}}"},"type":{"S":"sqs"},"destination":{"S":"{{{Queue}}}"},"active":{"BOOL":{{{active}}}},"collapse":{"S":"none"}}
        """);

    private string? Text(string attribute) =>
        Assert.Single(_session.Rows).TryGetProperty(attribute, out JsonElement value) ? value.GetProperty("S").GetString() : null;
}
