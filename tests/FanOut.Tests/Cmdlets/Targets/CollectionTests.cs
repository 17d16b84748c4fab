using System.Management.Automation;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.OpenSearch;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Environment looks at collections of OpenSearch Serverless and the policies around them.</summary>
public sealed class CollectionTests : IAsyncDisposable
{
    private const string Arn = "arn:aws:aoss:us-east-1:123456789012:collection/abc123", FunctionRole = "arn:aws:iam::123456789012:role/fanoutRole";
    private const string Open = """[{"Rules":[{"ResourceType":"collection","Resource":["collection/sh*"]},{"ResourceType":"dashboard","Resource":["collection/shop"]}],"AllowFromPublic":true}]""";

    private static readonly string Allowing = Allow(FunctionRole);

    private readonly CloudSession _session = new(enforcePolicies: true);
    private readonly TemporaryFolder _folder = new();

    public CollectionTests()
    {
        Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.1.0/24", "us-east-1a"));
        Cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1") { Routes = new Dictionary<string, string> { ["0.0.0.0/0"] = "nat-1" } });
        Cloud.Sqs.CreateQueue("failed");
        Serverless.Add(new SearchCollection("abc123", "shop", Arn));
        Serverless.PutPolicy("data", "another", Allow("arn:aws:iam::123456789012:role/other"));
        Serverless.PutPolicy("data", "writers", Allowing);
        Serverless.PutPolicy("network", "another", """[{"Rules":[{"ResourceType":"collection","Resource":["collection/other"]}],"AllowFromPublic":true}]""");
        Serverless.PutPolicy("network", "open", Open);
        _session.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Package.Write(Path.Join(_folder.Path, "function.zip"))}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
            $null = Publish-FanOutFunction
            $null = Connect-FanOutSource -SourceArn {{CloudSession.Orders}} -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:failed -Wait
            Register-FanOutTarget es t abc123.us-east-1.aoss.amazonaws.com#orders -SourceArn {{CloudSession.Orders}} -Enabled -WarningAction Ignore
            """).ThrowIfFailed();
    }

    private Cloud Cloud => _session.Cloud;

    private CollectionOperations Serverless => Cloud.OpenSearch.Serverless;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _session.DisposeAsync();
    }

    [Fact]
    public void What_works_passes()
    {
        PowerShellResult result = Test();

        Assert.All(result.Output, static c => Assert.True(Text(c, "Status") is "Pass" or "Skipped", $"{c}"));
        Assert.Equal($"The collection shop ({Arn}) is ACTIVE.", Text(Check(result, "Destination"), "Detail"));
        Assert.Equal($"The data access policy writers lets the role {FunctionRole} write to index/shop/orders.", Text(Check(result, "DataAccess"), "Detail"));
        Assert.Equal("The network policy open lets everybody reach collection/shop.", Text(Check(result, "NetworkPolicy"), "Detail"));
        Assert.Contains(result.Output, static c => Text(c, "Detail") == "The collection is encrypted with AWS's own key, which needs no permission.");
    }

    [Theory]
    [InlineData("CREATING", "Fail")]
    [InlineData("FAILED", "Fail")]
    [InlineData("DELETING", "Fail")]
    [InlineData("UPDATING", "Warn")]
    public void A_collection_that_does_not_work_is_told_with_what_the_service_says(string state, string status)
    {
        Serverless.Add(new SearchCollection("abc123", "shop", Arn) { Status = state, FailureMessage = "No capacity." });

        PSObject found = Check(Test(), "Destination");

        Assert.Equal(status, Text(found, "Status"));
        Assert.Contains($"is {state}.", Text(found, "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_that_is_not_there_is_told()
    {
        PowerShellResult result = _session.Run($"[pscustomobject]@{{ Id = 't'; Type = 'es'; Destination = 'gone.us-east-1.aoss.amazonaws.com#orders'; SourceArn = '{CloudSession.Orders}'; Enabled = $true }} | Test-FanOutTarget -Environment");

        Assert.Equal("Fail", Text(Check(result, "Destination"), "Status"));
        Assert.DoesNotContain(result.Output, static c => Text(c, "Check") is "DataAccess" or "NetworkPolicy");
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{"Rules":[{"ResourceType":"index","Resource":["index/shop/*"],"Permission":["aoss:ReadDocument"]}],"Principal":["arn:aws:iam::123456789012:role/fanoutRole"]}]""")]
    [InlineData("""[{"Rules":[{"ResourceType":"index","Resource":["index/shop/other*"],"Permission":["aoss:*"]}],"Principal":["arn:aws:iam::123456789012:role/fanoutRole"]}]""")]
    [InlineData("""[{"Rules":[{"ResourceType":"collection","Resource":["collection/shop"],"Permission":["aoss:*"]}],"Principal":["arn:aws:iam::123456789012:role/fanoutRole"]}]""")]
    [InlineData("""[{"Rules":[{"ResourceType":"index","Resource":["index/shop/*"],"Permission":["aoss:*"]}],"Principal":["arn:aws:iam::210987654321:role/fanoutRole"]}]""")]
    public void A_role_that_no_data_access_policy_lets_write_is_told_with_the_policy_that_would(string policy)
    {
        Serverless.PutPolicy("data", "writers", policy);

        PSObject found = Check(Test(), "DataAccess");

        Assert.Equal("Fail", Text(found, "Status"));
        Assert.Contains("(aoss:WriteDocument)", Text(found, "Detail"), StringComparison.Ordinal);
        Assert.Equal($"aws opensearchserverless create-access-policy --type data --name fanout-shop --policy '{Allow(FunctionRole, "index/shop/orders", "aoss:WriteDocument")}' --region us-east-1", Text(found, "Remedy"));
    }

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/fanoutRole/*")]
    [InlineData("arn:aws:iam::123456789012:root")]
    public void A_role_is_meant_by_its_sessions_and_its_account_too(string principal)
    {
        Serverless.PutPolicy("data", "writers", Allow(principal));

        Assert.Equal("Pass", Text(Check(Test(), "DataAccess"), "Status"));
    }

    [Fact]
    public void A_network_policy_decides_whether_the_function_reaches_it()
    {
        Serverless.PutPolicy("network", "open", "[]");
        PSObject nobody = Check(Test(), "NetworkPolicy");
        Assert.Equal("Fail", Text(nobody, "Status"));
        Assert.StartsWith("aws opensearchserverless create-security-policy --type network --name fanout-shop", Text(nobody, "Remedy"), StringComparison.Ordinal);

        Serverless.PutPolicy("network", "open", """[{"Rules":[{"ResourceType":"collection","Resource":["collection/shop"]}],"AllowFromPublic":false,"SourceVPCEs":["vpce-1","vpce-2"]}]""");
        PSObject outside = Check(Test(), "NetworkPolicy");
        Assert.Equal("Fail", Text(outside, "Status"));
        Assert.Contains("only through vpce-1, vpce-2, and the function is in no VPC", Text(outside, "Detail"), StringComparison.Ordinal);

        _session.Run("$null = Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup sg-1").ThrowIfFailed();
        Serverless.AddVpcEndpoint("vpce-1", "vpc-2");
        PSObject elsewhere = Check(Test(), "NetworkPolicy");
        Assert.Equal("Fail", Text(elsewhere, "Status"));
        Assert.Contains("none of which is in the function's VPC, vpc-1", Text(elsewhere, "Detail"), StringComparison.Ordinal);

        Serverless.AddVpcEndpoint("vpce-2", "vpc-1");
        PSObject within = Check(Test(), "NetworkPolicy");
        Assert.Equal("Pass", Text(within, "Status"));
        Assert.Contains("vpce-2 is in the function's VPC", Text(within, "Detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BatchGetCollection", "Destination", "aoss:BatchGetCollection")]
    [InlineData("ListAccessPolicies", "DataAccess", "aoss:ListAccessPolicies and aoss:GetAccessPolicy")]
    [InlineData("GetSecurityPolicy", "NetworkPolicy", "aoss:ListSecurityPolicies and aoss:GetSecurityPolicy")]
    public void What_may_not_be_looked_at_is_skipped_with_the_permission_it_takes(string operation, string check, string permission)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "aoss", Operation = operation });

        PSObject found = Check(Test(), check);

        Assert.Equal("Skipped", Text(found, "Status"));
        Assert.Contains(permission, Text(found, "Remedy"), StringComparison.Ordinal);
    }

    private static string Allow(string principal, string resource = "index/shop/*", string permission = "aoss:*") =>
        $$"""[{"Rules":[{"ResourceType":"index","Resource":["{{resource}}"],"Permission":["{{permission}}"]}],"Principal":["{{principal}}"]}]""";

    private PowerShellResult Test() => _session.Run($"Test-FanOutTarget t -SourceArn {CloudSession.Orders} -Environment").ThrowIfFailed();

    private static PSObject Check(PowerShellResult result, string check) => Assert.Single(result.ThrowIfFailed().Output, c => Text(c, "Check") == check);

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
