using System.Management.Automation;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Environment looks whether the security groups of a cache let the function in.</summary>
public sealed class SecurityGroupTests : IAsyncDisposable
{
    private readonly CloudSession _session = new(enforcePolicies: true);
    private readonly TemporaryFolder _folder = new();

    public SecurityGroupTests()
    {
        Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.1.0/24", "us-east-1a"));
        Cloud.Ec2.Add(new Ec2Subnet("subnet-2", "vpc-1", "10.0.2.0/24", "us-east-1b"));
        Cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1") { Routes = new Dictionary<string, string> { ["0.0.0.0/0"] = "nat-1" } });
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-function", "vpc-1", "fanout", "The function"));
        _session.Run($$"""
            $null = Publish-FanOutFunction -SkipTest -PackagePath '{{Package.Write(Path.Join(_folder.Path, "function.zip"))}}' -Subnet subnet-1, subnet-2 -SecurityGroup sg-function
            $null = Connect-FanOutSource -SourceArn {{CloudSession.Orders}} -Wait -WarningAction Ignore
            """).ThrowIfFailed();
    }

    /// <summary>What the cache's group lets in, what the function's lets out, and what is said of it.</summary>
    public static TheoryData<Ec2SecurityRule[], Ec2SecurityRule[], string, string> Rules => new()
    {
        { [Tcp(6379) with { Groups = ["sg-other", "sg-function"] }], [Ec2SecurityRule.Everything], "Pass", "" },
        { [new("tcp", 6000, 7000) { Cidrs = ["10.0.0.0/16"] }], [Tcp(6379) with { Groups = ["sg-cache"] }], "Pass", "" },
        { [Ec2SecurityRule.Everything], [new("-1") { Groups = ["sg-cache"] }], "Pass", "" },
        { [], [Ec2SecurityRule.Everything], "Fail", "aws ec2 authorize-security-group-ingress --group-id sg-cache --protocol tcp --port 6379 --source-group sg-function --region us-east-1" },
        { [Tcp(6380) with { Groups = ["sg-function"] }], [Ec2SecurityRule.Everything], "Fail", "aws ec2 authorize-security-group-ingress" },
        { [new("udp", 6379, 6379) { Groups = ["sg-function"] }], [Ec2SecurityRule.Everything], "Fail", "aws ec2 authorize-security-group-ingress" },
        { [Tcp(6379) with { Groups = ["sg-other"], Cidrs = ["192.168.0.0/16"] }], [Ec2SecurityRule.Everything], "Fail", "aws ec2 authorize-security-group-ingress" },
        { [Tcp(6379) with { Groups = ["sg-function"] }], [Tcp(443) with { Cidrs = ["0.0.0.0/0"] }], "Fail", "aws ec2 authorize-security-group-egress --group-id sg-function --ip-permissions 'IpProtocol=tcp,FromPort=6379,ToPort=6379,UserIdGroupPairs=[{GroupId=sg-cache}]' --region us-east-1" },
        { [Tcp(6379) with { Cidrs = ["10.0.1.0/24"] }], [Ec2SecurityRule.Everything], "Warn", "aws ec2 describe-security-groups --group-ids sg-cache sg-function" },
        { [Tcp(6379) with { PrefixLists = ["pl-1"] }], [Ec2SecurityRule.Everything], "Warn", "aws ec2 describe-security-groups" },
        { [Tcp(6379) with { Groups = ["sg-function"] }], [Tcp(6379) with { Cidrs = ["10.0.0.0/16"] }], "Warn", "aws ec2 describe-security-groups" },
    };

    private Cloud Cloud => _session.Cloud;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _session.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_groups_on_both_sides_decide(Ec2SecurityRule[] comesIn, Ec2SecurityRule[] goesOut, string status, string remedy)
    {
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-cache", "vpc-1", "cache", "The cache") { Ingress = comesIn });
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-function", "vpc-1", "fanout", "The function") { Egress = goesOut });

        PSObject found = Check(TestReplicated());

        Assert.Equal(status, Text(found, "Status"));
        Assert.StartsWith(remedy, Text(found, "Remedy"), StringComparison.Ordinal);
        Assert.Contains("TCP 6379", Text(found, "Detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("memcached")]
    public void Serverless_caches_and_clusters_tell_their_own_groups(string type)
    {
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-cache", "vpc-1", "cache", "The cache"));
        string name = type == "redis" ? Cloud.ElastiCache.CreateServerlessCache("sessions", "redis", securityGroups: "sg-cache").Name
            : Cloud.ElastiCache.Add(Cloud.ElastiCache.CreateMemcachedCluster("pages") with { SecurityGroups = ["sg-cache"] }).Id;

        Assert.Equal("Fail", Text(Check(Test(type, name)), "Status"));
    }

    [Fact]
    public void A_cache_in_another_VPC_takes_a_way_at_which_nobody_looks_here()
    {
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-cache", "vpc-2", "cache", "The cache") { Ingress = [Ec2SecurityRule.Everything] });

        PSObject found = Check(TestReplicated());

        Assert.Equal("Warn", Text(found, "Status"));
        Assert.Contains("in vpc-2, and the function in vpc-1", Text(found, "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_looked_at_is_skipped_with_the_permission_it_takes()
    {
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-cache", "vpc-1", "cache", "The cache"));
        Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "ec2", Operation = "DescribeSecurityGroups" });

        PSObject found = Check(TestReplicated());

        Assert.Equal("Skipped", Text(found, "Status"));
        Assert.Contains("ec2:DescribeSecurityGroups and ec2:DescribeSubnets", Text(found, "Remedy"), StringComparison.Ordinal);
    }

    private static Ec2SecurityRule Tcp(int port) => new("tcp", port, port);

    private PowerShellResult TestReplicated()
    {
        Cloud.ElastiCache.CreateReplicationGroup("sessions", securityGroups: "sg-cache");
        return Test("redis", "sessions");
    }

    private PowerShellResult Test(string type, string name) => _session.Run($$"""
        Register-FanOutTarget {{type}} t {{name}} -SourceArn {{CloudSession.Orders}} -Enabled -WarningAction Ignore
        Test-FanOutTarget t -SourceArn {{CloudSession.Orders}} -Environment
        """);

    private static PSObject Check(PowerShellResult result) => Assert.Single(result.ThrowIfFailed().Output, static c => Text(c, "Check") == "SecurityGroup");

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
