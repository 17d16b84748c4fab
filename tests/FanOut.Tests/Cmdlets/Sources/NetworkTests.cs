using System.Text.Json;
using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>Get-FanOutFunction and Publish-FanOutFunction of a function in a VPC tell what it does not reach.</summary>
public sealed class NetworkTests : IAsyncDisposable
{
    private const string Vpc = "-Subnet subnet-1 -SecurityGroup sg-1";

    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public NetworkTests()
    {
        _session.Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.1.0/24", "us-east-1a"));
        _session.Cloud.Ec2.Add(new Ec2RouteTable("rtb-main", "vpc-1") { Routes = new Dictionary<string, string> { ["0.0.0.0/0"] = "nat-1" } });
        _session.Cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1") { IsMain = false, Subnets = ["subnet-1"] });
        _session.Cloud.Ec2.Add(new Ec2RouteTable("rtb-2", "vpc-2"));
        _session.Run($"$PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{Package.Write(Path.Join(_folder.Path, "function.zip"))}'; $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true").ThrowIfFailed();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _session.DisposeAsync();
    }

    [Fact]
    public void What_a_function_lacks_by_its_targets_is_among_its_problems_until_it_is_there()
    {
        PowerShellResult published = _session.Run($"Publish-FanOutFunction {Vpc}").ThrowIfFailed();
        _session.Register("a", "-Enabled");
        _session.Register("b");

        Assert.Equal(["DynamoDB, for the table fanoutTargets"], Lacking((string[])published.Property("Problems")!));
        Assert.Empty(published.Warnings);
        Assert.Equal(["DynamoDB, for the table fanoutTargets", "SQS, for the target a"], Lacking(Problems()));
        Assert.Matches(@"^\(\d\) The function does not reach DynamoDB, for the table fanoutTargets: vpc-1 has neither an endpoint for it nor a NAT gateway for subnet-1\.$", $"{_session.Run("Get-FanOutFunction").Property("Status")}");

        _session.Cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-1", "vpc-1", "com.amazonaws.us-east-1.dynamodb") { RouteTables = ["rtb-1"] });
        Assert.Equal(["SQS, for the target a"], Lacking(Problems()));

        _session.Cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-2", "vpc-1", "com.amazonaws.us-east-1.sqs") { State = "failed" });
        Assert.Equal(["SQS, for the target a"], Lacking(Problems()));
        _session.Cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-2", "vpc-1", "com.amazonaws.us-east-1.sqs") { State = "Available" });
        Assert.Empty(Lacking(Problems()));
    }

    [Fact]
    public void The_main_route_table_is_that_of_a_subnet_without_one_of_its_own()
    {
        _session.Cloud.Ec2.Add(new Ec2Subnet("subnet-2", "vpc-1", "10.0.2.0/24", "us-east-1b"));

        Assert.Empty(Lacking((string[])_session.Run("Publish-FanOutFunction -Subnet subnet-2 -SecurityGroup sg-1").ThrowIfFailed().Property("Problems")!));
    }

    [Fact]
    public void Who_may_not_look_is_told_what_it_takes()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "ec2", Operation = "DescribeVpcEndpoints" });

        PowerShellResult published = _session.Run($"Publish-FanOutFunction {Vpc}").ThrowIfFailed();
        PowerShellResult got = _session.Run("Get-FanOutFunction -Verbose").ThrowIfFailed();

        string warning = Assert.Single(published.Warnings);
        Assert.StartsWith("Whether the function fanout reaches from its VPC what it has to could not be found out: ", warning, StringComparison.Ordinal);
        Assert.EndsWith("You need ec2:DescribeRouteTables and ec2:DescribeVpcEndpoints. It has to reach DynamoDB (the table fanoutTargets); docs/vpc.md says how.", warning, StringComparison.Ordinal);
        Assert.Empty(got.Warnings);
        Assert.Contains(got.Verbose, v => v == warning);
        Assert.Empty(Lacking((string[])got.Property("Problems")!));
    }

    [Fact]
    public void The_VPC_of_another_account_is_not_shown()
    {
        _session.Lambda.Add("fanout", new RecordingFunction(), new() { Others = Network("subnet-9", "vpc-9") });

        Assert.Contains(_session.Run("Get-FanOutFunction -Verbose").ThrowIfFailed().Verbose, static v => v.Contains("the route tables of vpc-9 are not shown to you.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_function_without_a_VPC_costs_no_look_and_is_told_of_its_caches()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Run($"Register-FanOutTarget redis cache name.abc.ng.0001.use1.cache.amazonaws.com:6379 -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore").ThrowIfFailed();
        _session.Forget();

        Assert.Contains("The function is in no VPC, from which alone the target cache can be reached. Publish-FanOutFunction -Subnet <ids> -SecurityGroup <ids> -Region us-east-1", Problems());
        Assert.DoesNotContain(_session.Calls, static c => c.StartsWith("ec2:", StringComparison.Ordinal));
    }

    private static Dictionary<string, JsonElement> Network(string subnet, string vpc) => new()
    {
        ["VpcConfig"] = JsonDocument.Parse($$"""{"SubnetIds":["{{subnet}}"],"SecurityGroupIds":["sg-1"],"VpcId":"{{vpc}}"}""").RootElement,
    };

    private string[] Problems() => (string[])_session.Run("Get-FanOutFunction").ThrowIfFailed().Property("Problems")!;

    private static IEnumerable<string> Lacking(string[] problems) => problems
        .Where(static p => p.StartsWith("The function does not reach ", StringComparison.Ordinal)).Select(static p => p["The function does not reach ".Length..p.IndexOf(':', StringComparison.Ordinal)]);
}
