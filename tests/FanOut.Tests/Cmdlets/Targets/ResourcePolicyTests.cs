using System.Management.Automation;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.S3;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Environment looks at the policies of streams and buckets, which may be another account's.</summary>
public sealed class ResourcePolicyTests : IAsyncDisposable
{
    private const string Theirs = "arn:aws:kinesis:us-east-1:210987654321:stream/theirs", FunctionRole = "arn:aws:iam::123456789012:role/fanoutRole";

    private readonly CloudSession _session = new(enforcePolicies: true);
    private readonly TemporaryFolder _folder = new();

    public ResourcePolicyTests()
    {
        Cloud.S3.CreateBucket("letters");
        _session.Run($$"""
            $null = Publish-FanOutFunction -SkipTest -PackagePath '{{Package.Write(Path.Join(_folder.Path, "function.zip"))}}'
            $null = Connect-FanOutSource -SourceArn {{CloudSession.Orders}} -Wait -WarningAction Ignore
            """).ThrowIfFailed();
    }

    private Cloud Cloud => _session.Cloud;

    private S3Bucket Letters => Cloud.S3.Find("letters")!;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _session.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "Fail", "does not allow that role kinesis:PutRecords", $$"""Ask its owner for this statement: {"Effect":"Allow","Principal":{"AWS":"{{FunctionRole}}"},"Action":["kinesis:PutRecords"],"Resource":"{{Theirs}}"}""")]
    [InlineData($$"""{"Effect":"Allow","Principal":{"AWS":"{{FunctionRole}}"},"Action":"kinesis:Put*","Resource":"{{Theirs}}"}""", "Pass", "lets the role", "")]
    [InlineData("""{"Sid":"Closed","Effect":"Deny","Principal":"*","Action":"kinesis:*","Resource":"*"}""", "Fail", "the statement Closed of the stream theirs's policy denies it", "Change that statement")]
    public void A_stream_of_another_account_must_let_the_function_send(string? statement, string status, string words, string remedy)
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("theirs", accountId: "210987654321");
        stream.Policy = statement is null ? null : $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""";

        PSObject found = Check(Test("kinesis", Theirs), "ResourcePolicy");

        Assert.Equal(status, Text(found, "Status"));
        Assert.Contains(words, Text(found, "Detail"), StringComparison.Ordinal);
        Assert.StartsWith(remedy, Text(found, "Remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_another_account_must_let_the_function_read()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("theirs", accountId: "210987654321");
        _session.Run($"Connect-FanOutSource -SourceArn {Theirs} -Wait -WarningAction Ignore").ThrowIfFailed();

        PSObject refused = Check(Test("sqs", "arn:aws:sqs:us-east-1:123456789012:q", source: Theirs), "ResourcePolicy");
        Assert.Equal("Fail", Text(refused, "Status"));
        Assert.Contains("does not allow that role kinesis:DescribeStream", Text(refused, "Detail"), StringComparison.Ordinal);
        Assert.Contains("\"kinesis:GetRecords\"", Text(refused, "Remedy"), StringComparison.Ordinal);

        stream.Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kinesis:*","Resource":"*"}]}""";
        PSObject allowed = Check(Test("sqs", "arn:aws:sqs:us-east-1:123456789012:q", source: Theirs), "ResourcePolicy");
        Assert.Equal("Pass", Text(allowed, "Status"));
        Assert.Contains($"lets the role {FunctionRole} read", Text(allowed, "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_s_own_policy_may_keep_the_function_out()
    {
        Assert.DoesNotContain(Test("sqs", "arn:aws:sqs:us-east-1:123456789012:q").Output, static c => Text(c, "Check") == "ResourcePolicy");

        Letters.Policy = """{"Version":"2012-10-17","Statement":[{"Sid":"OnlyUs","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::letters","arn:aws:s3:::letters/*"],"Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/us"}}}]}""";
        PSObject found = Check(Test("sqs", "arn:aws:sqs:us-east-1:123456789012:q"), "ResourcePolicy");

        Assert.Equal("Fail", Text(found, "Status"));
        Assert.Contains($"The bucket letters's policy keeps the role {FunctionRole} from s3:PutObject: the statement OnlyUs", Text(found, "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_of_another_account_shows_its_policy_to_nobody_else_so_the_statement_is_told()
    {
        Letters.AccountId = "210987654321";

        PSObject found = Check(Test("sqs", "arn:aws:sqs:us-east-1:123456789012:q"), "ResourcePolicy");

        Assert.Equal("Skipped", Text(found, "Status"));
        Assert.Contains("is another account's than the role", Text(found, "Detail"), StringComparison.Ordinal);
        Assert.Contains($$"""{"Effect":"Allow","Principal":{"AWS":"{{FunctionRole}}"},"Action":["s3:PutObject"],"Resource":"arn:aws:s3:::letters/""", Text(found, "Remedy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kinesis", "GetResourcePolicy", "is another account's than the role", "You need kinesis:GetResourcePolicy on it; or ask its owner")]
    [InlineData("s3", "GetBucketPolicy", "Whether arn:aws:s3:::letters is another account's", "You need s3:GetBucketPolicy on it; or ask its owner")]
    public void What_may_not_be_looked_at_is_skipped_with_the_permission_and_the_statement(string service, string operation, string words, string remedy)
    {
        Cloud.Kinesis.CreateStream("theirs", accountId: "210987654321").Policy = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""";
        Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = service, Operation = operation });

        PSObject found = Assert.Single(Test("kinesis", Theirs).ThrowIfFailed().Output, static c => Text(c, "Check") == "ResourcePolicy" && Text(c, "Status") == "Skipped");

        Assert.Contains(words, Text(found, "Detail"), StringComparison.Ordinal);
        Assert.StartsWith(remedy, Text(found, "Remedy"), StringComparison.Ordinal);
    }

    private PowerShellResult Test(string type, string destination, string source = CloudSession.Orders) => _session.Run(
        $"[pscustomobject]@{{ Id = 't'; SourceArn = '{source}'; Type = '{type}'; Destination = '{destination}'; Enabled = $true; DeadLetter = 's3://letters/dead' }} | Test-FanOutTarget -Environment");

    private static PSObject Check(PowerShellResult result, string check) => Assert.Single(result.ThrowIfFailed().Output, c => Text(c, "Check") == check);

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
