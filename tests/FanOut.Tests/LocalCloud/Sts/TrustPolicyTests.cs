using FanOut.LocalCloud.Iam;

namespace FanOut.Tests.LocalCloud.Sts;

public sealed class TrustPolicyTests : CloudTests
{
    private const string Other = "999999999999";

    [Theory]
    [InlineData("\"AWS\":\"123456789012\"", "ext", null)]
    [InlineData("\"AWS\":\"arn:aws:iam::123456789012:root\"", "ext", null)]
    [InlineData("\"AWS\":[\"111111111111\",\"*\"]", "ext", null)]
    [InlineData("\"AWS\":\"123456789012\"", "other", "AccessDenied")]
    [InlineData("\"AWS\":\"123456789012\"", null, "AccessDenied")]
    [InlineData("\"AWS\":\"111111111111\"", "ext", "AccessDenied")]
    [InlineData("\"Service\":\"lambda.amazonaws.com\"", "ext", "AccessDenied")]
    public async Task A_role_is_assumed_as_its_trust_policy_says(string principal, string? externalId, string? error)
    {
        IamRole role = Trusting(principal);

        Answer answer = await AssumeAsync(Aws, role, externalId);

        Assert.Equal(error, answer.Error);
        if (error is null)
        {
            Assert.Equal($"arn:aws:sts::{Other}:assumed-role/writer/me", answer.Xml("Arn"));
        }
        else
        {
            Assert.Equal($"User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole on resource: {role.Arn}", answer.Xml("Message"));
        }
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/fanout", null)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/fanout/me", null)]
    [InlineData("arn:aws:iam::123456789012:role/another", "AccessDenied")]
    public async Task A_role_can_trust_one_role_only(string principal, string? error)
    {
        IamRole writer = Trusting($"\"AWS\":\"{principal}\"");
        Cloud.Sts.AddRole("arn:aws:iam::123456789012:role/fanout");
        Answer first = await Aws.QueryAsync("sts", ("Action", "AssumeRole"), ("RoleArn", "arn:aws:iam::123456789012:role/fanout"), ("RoleSessionName", "me"));
        using AwsHttp session = new(Cloud) { AccessKeyId = first.Xml("AccessKeyId")!, SessionToken = first.Xml("SessionToken") };

        Assert.Equal(error, (await AssumeAsync(session, writer, "ext")).Error);
        Assert.Equal("AccessDenied", (await AssumeAsync(Aws, writer, "ext")).Error);
    }

    private IamRole Trusting(string principal) => Cloud.Iam.CreateRole(
        "writer",
        $$$$$"""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{{{{{principal}}}}}},"Condition":{"StringEquals":{"sts:ExternalId":"ext"}}}}""",
        accountId: Other);

    private static Task<Answer> AssumeAsync(AwsHttp aws, IamRole role, string? externalId) => aws.QueryAsync(
        "sts", [("Action", "AssumeRole"), ("RoleArn", role.Arn), ("RoleSessionName", "me"), .. externalId is null ? ((string, string)[])[] : [("ExternalId", externalId)]]);
}
