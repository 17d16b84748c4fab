using System.Xml.Linq;
using FanOut.Aws.IdentityManagement;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class IamPolicyTests(MotoServer moto)
{
    // What an encoding that is not the service's would spoil: percent signs, plus signs, blanks, letters beyond ASCII.
    private const string One = """{"Version":"2012-10-17","Statement":[{"Sid":"1","Effect":"Allow","Action":["sqs:SendMessage"],"Resource":"arn:aws:sqs:*:*:a%41+b &c=dé"}]}""";
    private const string Other = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sns:Publish"],"Resource":"*"}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_is_made_given_versions_and_deleted()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        using AmazonIdentityManagementServiceClient client = new(Emulated.Credentials, Emulated.Config(AmazonIdentityManagementServiceClient.Service, endpoint));

        ManagedPolicy made = (await client.CreatePolicyAsync(
            new() { PolicyName = "made-2", PolicyDocument = One, Path = "/made/", Description = "é & a + b", Tags = [new() { Key = "k=é +", Value = "v" }] }, Cancellation)).Policy!;
        string arn = made.Arn!;
        ManagedPolicy found = (await client.GetPolicyAsync(new() { PolicyArn = arn }, Cancellation)).Policy!;
        Assert.Equal($"arn:aws:iam::{Emulated.Account}:policy/made/made-2", arn);
        Assert.Equal(("made-2", "/made/", "v1", (int?)0, "é & a + b", made.PolicyId), (found.PolicyName, found.Path, found.DefaultVersionId, found.AttachmentCount, found.Description, found.PolicyId));
        Assert.Equal(("k=é +", "v"), (Assert.Single(found.Tags!).Key, found.Tags![0].Value));
        Assert.Equal(arn, Assert.Single((await client.ListPoliciesAsync(new() { Scope = "Local", PathPrefix = "/made/" }, Cancellation)).Policies!).Arn);

        PolicyVersion second = (await client.CreatePolicyVersionAsync(new() { PolicyArn = arn, PolicyDocument = Other, SetAsDefault = true }, Cancellation)).PolicyVersion!;
        PolicyVersion third = (await client.CreatePolicyVersionAsync(new() { PolicyArn = arn, PolicyDocument = One }, Cancellation)).PolicyVersion!;
        Assert.Equal(("v2", true, "v3", false), (second.VersionId, second.IsDefaultVersion, third.VersionId, third.IsDefaultVersion));
        Assert.Equal(One, (await client.GetPolicyVersionAsync(new() { PolicyArn = arn, VersionId = "v1" }, Cancellation)).PolicyVersion!.Document);
        XElement read = await api.QueryAsync("iam", "2010-05-08", "GetPolicyVersion", ("PolicyArn", arn), ("VersionId", "v2"));
        Assert.Contains("sns", read.Value, StringComparison.Ordinal);

        ListPolicyVersionsResponse versions = await client.ListPolicyVersionsAsync(new() { PolicyArn = arn }, Cancellation);
        Assert.Equal([("v1", false), ("v2", true), ("v3", false)], versions.Versions!.Select(v => (v.VersionId!, v.IsDefaultVersion!.Value)).Order());
        Assert.Equal(
            "NoSuchEntity",
            (await Assert.ThrowsAsync<AmazonIdentityManagementServiceException>(() => client.GetPolicyVersionAsync(new() { PolicyArn = arn, VersionId = "v9" }, Cancellation))).ErrorCode);

        await client.DeletePolicyVersionAsync(new() { PolicyArn = arn, VersionId = "v1" }, Cancellation);
        await client.DeletePolicyVersionAsync(new() { PolicyArn = arn, VersionId = "v3" }, Cancellation);
        await client.DeletePolicyAsync(new() { PolicyArn = arn }, Cancellation);
        Assert.Equal("NoSuchEntity", (await Assert.ThrowsAsync<AmazonIdentityManagementServiceException>(() => client.GetPolicyAsync(new() { PolicyArn = arn }, Cancellation))).ErrorCode);
    }
}
