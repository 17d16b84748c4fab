using FanOut.LocalCloud.Sts;

namespace FanOut.Tests.LocalCloud.Sts;

public sealed class StsServiceTests : CloudTests
{
    private const string RoleArn = "arn:aws:iam::999999999999:role/path/fanout";

    [Theory]
    [InlineData(RoleArn, "right", null)]
    [InlineData(RoleArn, "wrong", "AccessDenied")]
    [InlineData(RoleArn, null, "AccessDenied")]
    [InlineData("arn:aws:iam::999999999999:role/other", "right", "AccessDenied")]
    public async Task A_role_is_assumed_only_with_its_external_id(string role, string? externalId, string? error)
    {
        Cloud.Sts.AddRole(RoleArn, "right");

        Answer answer = await Assume(role, externalId);

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? 200 : 403, answer.Status);
        Assert.Equal(error is null ? 1 : 0, Cloud.Sts.Sessions.Count);
    }

    [Fact]
    public async Task Calls_of_a_session_act_in_the_roles_account()
    {
        Cloud.Sts.AddRole(RoleArn);
        Cloud.Kinesis.CreateStream("s", accountId: "999999999999", region: "eu-west-1");
        Answer assumed = await Assume(RoleArn, null);
        using AwsHttp session = SessionOf(assumed, "eu-west-1");

        Answer identity = await session.QueryAsync("sts", ("Action", "GetCallerIdentity"));
        Answer put = await session.KinesisAsync("PutRecord", """{"StreamName":"s","Data":"eA==","PartitionKey":"k"}""");

        Assert.Equal(("999999999999", "arn:aws:sts::999999999999:assumed-role/fanout/me"), (identity.Xml("Account"), identity.Xml("Arn")));
        Assert.Null(put.Error);
        Assert.Equal(("999999999999", "eu-west-1", session.AccessKeyId), Cloud.Calls.Select(call => (call.AccountId, call.Region, call.AccessKeyId)).Last());
        RoleSession given = Assert.Single(Cloud.Sts.Sessions);
        Assert.Equal((RoleArn, "me", session.AccessKeyId), (given.Role.Arn, given.Name, given.AccessKeyId));
    }

    [Fact]
    public async Task A_session_needs_its_token_and_ends_on_time()
    {
        Cloud.Sts.AddRole(RoleArn);
        Answer assumed = await Assume(RoleArn, null, ("DurationSeconds", "900"));
        using AwsHttp session = SessionOf(assumed);
        using AwsHttp tokenless = new(Cloud) { AccessKeyId = session.AccessKeyId };

        Assert.Equal("UnrecognizedClientException", (await tokenless.KinesisAsync("ListStreams", "{}")).Error);
        Time.Advance(TimeSpan.FromSeconds(899));
        Assert.Null((await session.KinesisAsync("ListStreams", "{}")).Error);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ExpiredTokenException", (await session.KinesisAsync("ListStreams", "{}")).Error);
        Assert.Equal("ExpiredToken", (await session.QueryAsync("sns", ("Action", "ListTopics"))).Error);
        Assert.Equal("2026-11-24T12:15:00Z", assumed.Xml("Expiration"));
    }

    [Fact]
    public async Task Sessions_have_credentials_of_their_own()
    {
        Cloud.Sts.AddRole(RoleArn);

        Answer first = await Assume(RoleArn, null), second = await Assume(RoleArn, null);

        Assert.NotEqual(first.Xml("AccessKeyId"), second.Xml("AccessKeyId"));
        Assert.Equal(20, first.Xml("AccessKeyId")!.Length);
    }

    private Task<Answer> Assume(string role, string? externalId, params (string, string)[] more) => Aws.QueryAsync(
        "sts",
        [("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", "me"), .. externalId is null ? ((string, string)[])[] : [("ExternalId", externalId)], .. more]);

    private AwsHttp SessionOf(Answer assumed, string region = "us-east-1") =>
        new(Cloud) { AccessKeyId = assumed.Xml("AccessKeyId")!, SessionToken = assumed.Xml("SessionToken"), Region = region };
}
