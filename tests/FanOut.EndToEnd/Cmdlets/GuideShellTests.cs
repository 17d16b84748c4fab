using System.Text.RegularExpressions;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>What the guides tell users to type into a shell works, with the AWS CLI at moto.</summary>
public sealed partial class GuideShellTests(MotoServer moto)
{
    /// <summary>Makes what docs/vpc.md takes for granted, and the variables of the names that stand for its ids there.</summary>
    private const string Network = """
        vpc=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
        rtb=$(aws ec2 create-route-table --vpc-id $vpc --query RouteTable.RouteTableId --output text)
        sg_function=$(aws ec2 create-security-group --vpc-id $vpc --group-name function --description f --query GroupId --output text)
        sg_cache=$(aws ec2 create-security-group --vpc-id $vpc --group-name cache --description c --query GroupId --output text)
        pl=$(aws ec2 describe-managed-prefix-lists --query 'PrefixLists[0].PrefixListId' --output text)

        """;

    private static readonly (string Id, string Variable)[] Ids =
        [("vpc-1", "$vpc"), ("rtb-1", "$rtb"), ("sg-function", "$sg_function"), ("sg-cache", "$sg_cache"), ("pl-1", "$pl")];

    [Fact]
    public async Task The_network_of_a_function_with_caches_can_be_made_so()
    {
        string script = string.Concat(Blocks("vpc.md"));
        foreach ((string id, string variable) in Ids)
        {
            // In single quotes a shell replaces nothing: the text ends, the variable stands in double quotes, the text goes on.
            script = Quoted().Replace(script, m => m.Value.Replace(id, $"'\"{variable}\"'", StringComparison.Ordinal));
            script = script.Replace($" {id}", $" {variable}", StringComparison.Ordinal);
        }

        // A new security group lets everything out; the guide's first two rules are for one that does not.
        string rules = await RunAsync(Network + script + "\naws ec2 describe-security-groups --group-ids $sg_cache --query 'SecurityGroups[0].IpPermissions[0].FromPort'", "eu-west-1");

        Assert.EndsWith("6379", rules.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_account_makes_its_role_so()
    {
        string folder = Path.Join(Path.GetTempPath(), $"fanout-guide-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        const string Document = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesis:PutRecords","Resource":"*"}]}""";
        await File.WriteAllTextAsync(Path.Join(folder, "TargetRole.json"), Document, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Join(folder, "Trust.json"), Document.Replace("kinesis:PutRecords", "sts:AssumeRole", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        string policy = await RunAsync(
            $"cd '{folder}'\n{string.Concat(Blocks("cross-account.md"))}\naws iam get-role-policy --role-name fanout-writer --policy-name fanout --query PolicyName --output text", "eu-west-1");
        Directory.Delete(folder, recursive: true);

        Assert.EndsWith("fanout", policy.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_roles_of_a_pipeline_are_made_so()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(Path.Join(Checkout.Root, "docs", "ci"), "*.json"))
        {
            File.Copy(file, Path.Join(folder.Path, Path.GetFileName(file)));
        }

        string subject = await RunAsync(
            $"cd '{folder.Path}'\n{string.Concat(Blocks("pipelines.md"))}\naws iam get-role-policy --role-name fanout-deploy --policy-name fanout --query PolicyName\n"
                + "aws iam get-role --role-name fanout-plan --query Role.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals",
            "us-east-1");

        Assert.Contains("repo:octo-org@123456/shop@456789:pull_request", subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_s_records_are_counted_so() =>
        Assert.Contains("Datapoints", await RunAsync(Blocks("troubleshooting.md").First(), "us-east-1"), StringComparison.Ordinal);

    private async Task<string> RunAsync(string script, string region)
    {
        if (ProgramRun.Find("aws") is null)
        {
            ServerMissing.EndTest("The AWS CLI", "pip install awscli");
        }

        ProgramRun run = await ProgramRun.OfAsync("bash", ["-euo", "pipefail", "-c", script], TestContext.Current.CancellationToken, environment: new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = (await moto.StartAsync()).Endpoint.AbsoluteUri,
            ["AWS_REGION"] = region,
            ["AWS_DEFAULT_REGION"] = region,
            ["AWS_ACCESS_KEY_ID"] = "AKIAGUIDES0000000000",
            ["AWS_SECRET_ACCESS_KEY"] = "guides",
            ["AWS_PAGER"] = "",
        });
        Assert.True(run.ExitCode == 0, run.Text);
        return run.Output;
    }

    private static IEnumerable<string> Blocks(string page) =>
        Shell().Matches(File.ReadAllText(Path.Join(Checkout.Root, "docs", page))).Select(static m => m.Groups[1].Value);

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();

    [GeneratedRegex("'[^'\n]*'")]
    private static partial Regex Quoted();
}
