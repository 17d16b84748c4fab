using System.Net;
using System.Xml.Linq;
using FanOut.Aws.IdentityManagement;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class IamRoleTests(MotoServer moto)
{
    private const string Version = "2010-05-08";

    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    // What an encoding that is not the service's would spoil: percent signs, plus signs, blanks, line ends, letters beyond ASCII.
    private const string Allowed =
        """
        {"Version":"2012-10-17","Statement":[{"Sid":"é 1","Effect":"Allow","Action":["sqs:SendMessage"],
         "Resource":"arn:aws:sqs:*:*:a%41+b&c=d"}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_made_found_changed_and_deleted()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        using AmazonIdentityManagementServiceClient client = Client(endpoint);
        string boundary = $"arn:aws:iam::{Emulated.Account}:policy/boundary";

        Role made = (await client.CreateRoleAsync(
            new()
            {
                RoleName = "iam-made",
                AssumeRolePolicyDocument = Trust,
                Path = "/fanout/",
                Description = "é & a + b",
                MaxSessionDuration = 7200,
                PermissionsBoundary = boundary,
                Tags = [new() { Key = "by", Value = "FanOut" }, new() { Key = "k=é +", Value = "" }],
            },
            Cancellation)).Role!;
        Role found = (await client.GetRoleAsync(new() { RoleName = "iam-made" }, Cancellation)).Role!;

        XElement read = (await api.QueryAsync("iam", Version, "GetRole", ("RoleName", "iam-made"))).Descendants().Single(element => element.Name.LocalName == "Role");
        Assert.Equal(["/fanout/", "é & a + b", "7200"], new[] { "Path", "Description", "MaxSessionDuration" }.Select(name => Text(read, name)));
        foreach (Role role in new[] { made, found })
        {
            Assert.Equal(("iam-made", "/fanout/", Text(read, "Arn"), Text(read, "RoleId")), (role.RoleName, role.Path, role.Arn, role.RoleId));
            Assert.Equal(("é & a + b", (int?)7200, Trust), (role.Description, role.MaxSessionDuration, role.AssumeRolePolicyDocument));
            Assert.Equal(DateTimeKind.Utc, role.CreateDate!.Value.Kind);
        }

        Assert.Equal(("PermissionsBoundaryPolicy", boundary), (found.PermissionsBoundary!.PermissionsBoundaryType, found.PermissionsBoundary.PermissionsBoundaryArn));
        Assert.Equal([("by", "FanOut"), ("k=é +", "")], found.Tags!.Select(tag => (tag.Key, tag.Value)));

        ListRolesResponse listed = await client.ListRolesAsync(new() { PathPrefix = "/fanout/", MaxItems = 1000 }, Cancellation);
        Role inList = Assert.Single(listed.Roles!, static r => r.RoleName == "iam-made");
        Assert.Equal(("é & a + b", found.Arn), (inList.Description, inList.Arn));

        string changed = Trust.Replace("lambda.amazonaws.com", "edgelambda.amazonaws.com", StringComparison.Ordinal);
        await client.UpdateAssumeRolePolicyAsync(new() { RoleName = "iam-made", PolicyDocument = changed }, Cancellation);
        Assert.Equal(changed, (await client.GetRoleAsync(new() { RoleName = "iam-made" }, Cancellation)).Role!.AssumeRolePolicyDocument);

        await client.DeleteRoleAsync(new() { RoleName = "iam-made" }, Cancellation);
        await RefusedAsync(HttpStatusCode.NotFound, "NoSuchEntity", client.GetRoleAsync(new() { RoleName = "iam-made" }, Cancellation));
    }

    [Fact]
    public async Task Roles_are_listed_page_by_page()
    {
        using AmazonIdentityManagementServiceClient client = Client((await moto.StartAsync()).Endpoint);
        string[] names = ["iam-listed-1", "iam-listed-2", "iam-listed-3"];
        foreach (string name in names)
        {
            await client.CreateRoleAsync(new() { RoleName = name, AssumeRolePolicyDocument = Trust, Path = "/listed/" }, Cancellation);
        }

        List<Role> roles = [];
        ListRolesResponse page;
        string? marker = null;
        do
        {
            page = await client.ListRolesAsync(new() { PathPrefix = "/listed/", MaxItems = 2, Marker = marker }, Cancellation);
            roles.AddRange(page.Roles!);
            marker = page.Marker;
        }
        while (page.IsTruncated == true);

        Assert.Equal(names, roles.Select(static r => r.RoleName).Order(StringComparer.Ordinal));
        Assert.All(roles, static r => Assert.Contains("lambda.amazonaws.com", r.AssumeRolePolicyDocument, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tags_are_added_and_listed_page_by_page()
    {
        using AmazonIdentityManagementServiceClient client = await StartAsync("iam-tagged");

        await client.TagRoleAsync(new() { RoleName = "iam-tagged", Tags = [new() { Key = "a", Value = "1" }, new() { Key = "b", Value = "2" }, new() { Key = "c", Value = "3" }] }, Cancellation);
        ListRoleTagsResponse first = await client.ListRoleTagsAsync(new() { RoleName = "iam-tagged", MaxItems = 2 }, Cancellation);
        ListRoleTagsResponse second = await client.ListRoleTagsAsync(new() { RoleName = "iam-tagged", MaxItems = 2, Marker = first.Marker }, Cancellation);

        Assert.Equal([("a", "1"), ("b", "2")], first.Tags!.Select(tag => (tag.Key, tag.Value)));
        Assert.Equal([("c", "3")], second.Tags!.Select(tag => (tag.Key, tag.Value)));
        Assert.Equal((true, false, null), (first.IsTruncated, second.IsTruncated, second.Marker));
    }

    [Fact]
    public async Task An_inline_policy_is_put_read_listed_and_deleted()
    {
        using AmazonIdentityManagementServiceClient client = await StartAsync("iam-inline");
        using ServiceApi api = new((await moto.StartAsync()).Endpoint);

        await client.PutRolePolicyAsync(new() { RoleName = "iam-inline", PolicyName = "targets", PolicyDocument = Allowed }, Cancellation);
        GetRolePolicyResponse found = await client.GetRolePolicyAsync(new() { RoleName = "iam-inline", PolicyName = "targets" }, Cancellation);
        ListRolePoliciesResponse listed = await client.ListRolePoliciesAsync(new() { RoleName = "iam-inline" }, Cancellation);

        XElement read = await api.QueryAsync("iam", Version, "GetRolePolicy", ("RoleName", "iam-inline"), ("PolicyName", "targets"));
        Assert.Equal(Allowed, Uri.UnescapeDataString(read.Descendants().Single(element => element.Name.LocalName == "PolicyDocument").Value));
        Assert.Equal(("iam-inline", "targets", Allowed), (found.RoleName, found.PolicyName, found.PolicyDocument));
        Assert.Equal(["targets"], listed.PolicyNames!);
        await RefusedAsync(HttpStatusCode.Conflict, "DeleteConflict", client.DeleteRoleAsync(new() { RoleName = "iam-inline" }, Cancellation));

        await client.DeleteRolePolicyAsync(new() { RoleName = "iam-inline", PolicyName = "targets" }, Cancellation);
        Assert.Empty((await client.ListRolePoliciesAsync(new() { RoleName = "iam-inline" }, Cancellation)).PolicyNames!);
        await RefusedAsync(HttpStatusCode.NotFound, "NoSuchEntity", client.GetRolePolicyAsync(new() { RoleName = "iam-inline", PolicyName = "targets" }, Cancellation));
    }

    [Fact]
    public async Task Managed_policies_are_attached_listed_page_by_page_and_detached()
    {
        using AmazonIdentityManagementServiceClient client = await StartAsync("iam-attached");
        using ServiceApi api = new((await moto.StartAsync()).Endpoint);
        string[] names = ["attached-0", "attached-1", "attached-2"];
        foreach (string name in names)
        {
            await api.QueryAsync("iam", Version, "CreatePolicy", ("PolicyName", name), ("PolicyDocument", Allowed));
            await client.AttachRolePolicyAsync(new() { RoleName = "iam-attached", PolicyArn = Arn(name) }, Cancellation);
        }

        ListAttachedRolePoliciesResponse first = await client.ListAttachedRolePoliciesAsync(new() { RoleName = "iam-attached", MaxItems = 2 }, Cancellation);
        ListAttachedRolePoliciesResponse second = await client.ListAttachedRolePoliciesAsync(
            new() { RoleName = "iam-attached", MaxItems = 2, Marker = first.Marker }, Cancellation);

        Assert.Equal((2, 1), (first.AttachedPolicies!.Count, second.AttachedPolicies!.Count));
        Assert.Equal((true, false, null), (first.IsTruncated, second.IsTruncated, second.Marker));
        Assert.Equal(
            names.Select(name => (name, Arn(name))),
            first.AttachedPolicies.Concat(second.AttachedPolicies).Select(policy => (policy.PolicyName!, policy.PolicyArn!)).Order());

        await client.DetachRolePolicyAsync(new() { RoleName = "iam-attached", PolicyArn = Arn(names[1]) }, Cancellation);
        Assert.Equal(
            [names[0], names[2]],
            (await client.ListAttachedRolePoliciesAsync(new() { RoleName = "iam-attached" }, Cancellation)).AttachedPolicies!
                .Select(policy => policy.PolicyName!).Order(StringComparer.Ordinal));
        await RefusedAsync(
            HttpStatusCode.NotFound,
            "NoSuchEntity",
            client.DetachRolePolicyAsync(new() { RoleName = "iam-attached", PolicyArn = Arn(names[1]) }, Cancellation));

        static string Arn(string name) => $"arn:aws:iam::{Emulated.Account}:policy/{name}";
    }

    [Fact]
    public async Task A_role_that_exists_and_a_policy_that_is_none_are_refused()
    {
        using AmazonIdentityManagementServiceClient client = await StartAsync("iam-twice");

        await RefusedAsync(HttpStatusCode.Conflict, "EntityAlreadyExists", client.CreateRoleAsync(new() { RoleName = "iam-twice", AssumeRolePolicyDocument = Trust }, Cancellation));
        await RefusedAsync(
            HttpStatusCode.BadRequest,
            "MalformedPolicyDocument",
            client.PutRolePolicyAsync(new() { RoleName = "iam-twice", PolicyName = "p", PolicyDocument = "no JSON" }, Cancellation));
    }

    private static string? Text(XElement xml, string name) => xml.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static async Task RefusedAsync(HttpStatusCode status, string code, Task call)
    {
        AmazonIdentityManagementServiceException refusal = await Assert.ThrowsAsync<AmazonIdentityManagementServiceException>(() => call);
        Assert.Equal((status, code), (refusal.StatusCode, refusal.ErrorCode));
        Assert.NotEmpty(refusal.Message);
        Assert.NotEmpty(refusal.RequestId);
    }

    private static AmazonIdentityManagementServiceClient Client(Uri endpoint) =>
        new(Emulated.Credentials, Emulated.Config(AmazonIdentityManagementServiceClient.Service, endpoint));

    private async Task<AmazonIdentityManagementServiceClient> StartAsync(string role)
    {
        AmazonIdentityManagementServiceClient client = Client((await moto.StartAsync()).Endpoint);
        await client.CreateRoleAsync(new() { RoleName = role, AssumeRolePolicyDocument = Trust }, Cancellation);
        return client;
    }
}
