using System.Net;
using FanOut.Aws;
using FanOut.Aws.IdentityManagement;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Aws;

/// <summary>What moto does not do: pages of policy names, tags in a role's answer, what is not sent, who signs for what.</summary>
public sealed class IamRoleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_read_as_IAM_writes_it()
    {
        await using Wire wire = new("""
            <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>
              <Path>/service-role/</Path><Arn>arn:aws:iam::1:role/service-role/r</Arn><RoleName>r</RoleName><RoleId>AROA1</RoleId>
              <AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Id%22%3A%22a%2Bb+%2525%20%C3%A9%22%7D</AssumeRolePolicyDocument>
              <CreateDate>2026-05-08T23:34:01Z</CreateDate><MaxSessionDuration>3600</MaxSessionDuration><Description/>
              <PermissionsBoundary><PermissionsBoundaryType>PermissionsBoundaryPolicy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary>
              <Tags><member><Key>k</Key><Value/></member></Tags><RoleLastUsed><LastUsedDate>2026-05-09T00:00:00Z</LastUsedDate></RoleLastUsed>
            </Role></GetRoleResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></GetRoleResponse>
            """);
        using AmazonIdentityManagementServiceClient client = Client(wire);

        Role role = (await client.GetRoleAsync(new() { RoleName = "r" }, Cancellation)).Role!;

        Assert.Equal("Action=GetRole&Version=2010-05-08&RoleName=r", wire.Arrived[0].Text);
        Assert.Equal(("/service-role/", "r", "AROA1", "arn:aws:iam::1:role/service-role/r"), (role.Path, role.RoleName, role.RoleId, role.Arn));
        Assert.Equal(("", (int?)3600, new DateTime(2026, 5, 8, 23, 34, 1, DateTimeKind.Utc)), (role.Description, role.MaxSessionDuration, role.CreateDate!.Value));
        Assert.Equal("""{"Version":"2012-10-17","Id":"a+b+%25 é"}""", role.AssumeRolePolicyDocument);
        Assert.Equal("arn:b", role.PermissionsBoundary!.PermissionsBoundaryArn);
        Assert.Equal(("k", ""), (Assert.Single(role.Tags!).Key, role.Tags![0].Value));
    }

    [Fact]
    public async Task Only_what_is_set_is_sent()
    {
        const string Answer = "<CreateRoleResponse><CreateRoleResult><Role><RoleName>r</RoleName></Role></CreateRoleResult></CreateRoleResponse>";
        await using Wire wire = new(Answer, Answer);
        using AmazonIdentityManagementServiceClient client = Client(wire);

        Role role = (await client.CreateRoleAsync(new() { RoleName = "r", AssumeRolePolicyDocument = "{}" }, Cancellation)).Role!;
        await client.CreateRoleAsync(
            new()
            {
                RoleName = "r",
                AssumeRolePolicyDocument = "{}",
                Path = "/p/",
                Description = "",
                MaxSessionDuration = 3600,
                PermissionsBoundary = "arn:b",
                Tags = [new() { Key = "a b", Value = "1" }, new() { Key = "c", Value = "" }],
            },
            Cancellation);

        Assert.Equal("Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%7D", wire.Arrived[0].Text);
        Assert.Equal(
            "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%7D&Path=%2Fp%2F&Description=&MaxSessionDuration=3600"
            + "&PermissionsBoundary=arn%3Ab&Tags.member.1.Key=a%20b&Tags.member.1.Value=1&Tags.member.2.Key=c&Tags.member.2.Value=",
            wire.Arrived[1].Text);
        Assert.Equal((null, null, null, null), (role.Path, role.Tags, role.PermissionsBoundary, role.CreateDate));
    }

    [Fact]
    public async Task Names_of_policies_are_listed_page_by_page()
    {
        await using Wire wire = new(
            """
            <ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>a</member><member>b</member></PolicyNames>
            <IsTruncated>true</IsTruncated><Marker>m+/=</Marker></ListRolePoliciesResult></ListRolePoliciesResponse>
            """,
            "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames/><IsTruncated>false</IsTruncated></ListRolePoliciesResult></ListRolePoliciesResponse>");
        using AmazonIdentityManagementServiceClient client = Client(wire);

        ListRolePoliciesResponse first = await client.ListRolePoliciesAsync(new() { RoleName = "r", MaxItems = 2 }, Cancellation);
        ListRolePoliciesResponse second = await client.ListRolePoliciesAsync(new() { RoleName = "r", Marker = first.Marker }, Cancellation);

        Assert.Equal(
            ["Action=ListRolePolicies&Version=2010-05-08&RoleName=r&MaxItems=2", "Action=ListRolePolicies&Version=2010-05-08&RoleName=r&Marker=m%2B%2F%3D"],
            wire.Arrived.Select(request => request.Text));
        Assert.Equal(["a", "b"], first.PolicyNames!);
        Assert.Equal((true, 0, false, null), (first.IsTruncated, second.PolicyNames!.Count, second.IsTruncated, second.Marker));
    }

    [Fact]
    public async Task Requests_are_signed_for_the_partition_s_region()
    {
        await using Wire wire = new("<DeleteRoleResponse><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DeleteRoleResponse>");
        Uri endpoint = new(wire.Config(AmazonIdentityManagementServiceClient.Service).ServiceURL);
        using AmazonIdentityManagementServiceClient client = new(
            Wire.Credentials, new AwsClientConfig(AmazonIdentityManagementServiceClient.Service, "cn-northwest-1", endpoint));

        DeleteRoleResponse answer = await client.DeleteRoleAsync(new() { RoleName = "r" }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
        Assert.Contains("/cn-north-1/iam/aws4_request", wire.Arrived[0].Header("authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_its_code_message_status_and_request_id()
    {
        await using Wire wire = new(HttpResponse.Text(
            409,
            "text/xml",
            """
            <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>DeleteConflict</Code>
            <Message>Cannot delete entity, must delete policies first.</Message></Error><RequestId>id-1</RequestId></ErrorResponse>
            """));
        using AmazonIdentityManagementServiceClient client = Client(wire);

        AmazonIdentityManagementServiceException refusal = await Assert.ThrowsAsync<AmazonIdentityManagementServiceException>(
            () => client.DeleteRoleAsync(new() { RoleName = "r" }, Cancellation));

        Assert.Equal(
            ("DeleteConflict", "Cannot delete entity, must delete policies first.", HttpStatusCode.Conflict, "id-1"),
            (refusal.ErrorCode, refusal.Message, refusal.StatusCode, refusal.RequestId));
    }

    private static AmazonIdentityManagementServiceClient Client(Wire wire) => new(Wire.Credentials, wire.Config(AmazonIdentityManagementServiceClient.Service));
}
