namespace FanOut.EndToEnd.Cmdlets;

/// <summary>cfn-lint, which has the schemas of AWS's own resource providers, finds nothing in exported templates: no name, value or reference that CloudFormation does not know.</summary>
public sealed class TemplateLintTests : IAsyncDisposable
{
    private const string News = "arn:aws:sns:us-east-1:123456789012:news", Dropped = "arn:aws:sqs:us-east-1:123456789012:dropped";
    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-SkipAlarm -Metrics none -Role arn:aws:iam::123456789012:role/theirs -TableName arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets")]
    [InlineData($"-Source orders -OnFailureDestination arn:aws:s3:::dropped -StartingPositionTimestamp 2026-01-02T03:04:05Z -ParallelizationFactor 2 -Alias live -Suspended")]
    [InlineData($"-SourceArn {News}, arn:aws:sns:eu-west-1:123456789012:news -OnFailureDestination {Dropped} -MaximumRetryAttempts 1 -Alias live")]
    [InlineData("-Subnet subnet-0a1b2c3d -SecurityGroup sg-0a1b2c3d -KmsKeyArn arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab -ReservedConcurrency 4 -LogRetentionDays 30 "
        + "-Environment @{ API_TOKEN = 'x' } -Tag @{ team = 'data' } -Runtime dotnet10 -Architecture x86_64 -CodeBucket code -CodeVersion v1")]
    public Task A_function_that_is_to_be_made(string parameters) => LintAsync($"Export-FanOutTemplate -FunctionName fresh {parameters}");

    [Fact]
    public async Task A_function_with_streams_topics_and_more_targets_than_one_policy_has_room_for()
    {
        string package = Package.Write(Path.Join(_folder.Path, "function.zip"));
        _session.Cloud.Sns.CreateTopic("news");
        _session.Cloud.Sqs.CreateQueue("dropped");
        _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES");
        _session.Run($$"""
            $PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'fresh'
            Publish-FanOutFunction -PackagePath '{{package}}' -SkipTest
            Connect-FanOutSource -Source orders, customers, news -OnFailureDestination {{Dropped}}
            Suspend-FanOutSource -Source orders
            1..200 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Destination = "arn:aws:sqs:us-east-1:123456789012:a-queue-with-a-rather-long-name-$_" } } |
                Register-FanOutTarget -Type sqs -SourceArn {{CloudSession.Orders}}
            """).ThrowIfFailed();

        await LintAsync("Export-FanOutTemplate");
    }

    // cfn-lint comes with moto, and by itself: https://github.com/aws-cloudformation/cfn-lint
    private async Task LintAsync(string export)
    {
        if (ProgramRun.Find("cfn-lint") is not { } lint)
        {
            ServerMissing.EndTest("cfn-lint", "pip install cfn-lint");
            return;
        }

        string json = Path.Join(_folder.Path, "fresh.template.json"), yaml = Path.Join(_folder.Path, "fresh.template.yaml");
        _session.Run($"{export} -Path '{json}'; {export} -Path '{yaml}'").ThrowIfFailed();

        ProgramRun run = await ProgramRun.OfAsync(lint, ["--regions", "us-east-1", "--", json, yaml], Cancellation);
        Assert.Equal((0, ""), (run.ExitCode, run.Text));

        // PyYAML reads YAML 1.1, and is none of ours.
        run = await ProgramRun.OfAsync("python3", ["-c", "import json, sys, yaml; print(json.load(open(sys.argv[1])) == yaml.safe_load(open(sys.argv[2])))", json, yaml], Cancellation);
        Assert.Equal((0, "True"), (run.ExitCode, run.Text.Trim()));
    }
}
