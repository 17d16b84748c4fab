using System.Text.RegularExpressions;
using FanOut.LocalCloud.Policies;

namespace FanOut.Tests.LocalCloud.Iam;

public sealed class IamServiceTests : CloudTests
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}]}""";
    private const string Basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

    [Fact]
    public async Task A_role_comes_back_as_it_was_made()
    {
        Answer created = await RoleAsync("CreateRole", ("AssumeRolePolicyDocument", Trust), ("Path", "/service/"), ("Description", "d"), ("MaxSessionDuration", "7200"), ("Tags.member.1.Key", "made-by"), ("Tags.member.1.Value", "FanOut"));
        Answer got = await RoleAsync("GetRole");

        Assert.Equal(Result(created), Result(got));
        Assert.Equal(("arn:aws:iam::123456789012:role/service/fanout", "/service/", "fanout", "2026-11-24T12:00:00Z"), (got.Xml("Arn"), got.Xml("Path"), got.Xml("RoleName"), got.Xml("CreateDate")));
        Assert.Equal((Trust, "d", "7200", "made-by", "FanOut"), (Uri.UnescapeDataString(got.Xml("AssumeRolePolicyDocument")!), got.Xml("Description"), got.Xml("MaxSessionDuration"), got.Xml("Key"), got.Xml("Value")));
        Assert.Equal(21, got.Xml("RoleId")!.Length);

        static string Result(Answer answer) => Regex.Match(answer.Text, "<Role>.*</Role>").Value;
    }

    [Theory]
    [InlineData("CreateRole", 409, "EntityAlreadyExists", "Role with name Fanout already exists.", "RoleName", "Fanout", "AssumeRolePolicyDocument", Trust)]
    [InlineData("CreateRole", 400, "MalformedPolicyDocument", "Syntax errors in policy.", "RoleName", "new", "AssumeRolePolicyDocument", "{")]
    [InlineData("GetRole", 404, "NoSuchEntity", "The role with name nobody cannot be found.", "RoleName", "nobody")]
    [InlineData("PutRolePolicy", 404, "NoSuchEntity", "The role with name nobody cannot be found.", "RoleName", "nobody", "PolicyName", "p", "PolicyDocument", Policy)]
    [InlineData("PutRolePolicy", 400, "MalformedPolicyDocument", "Policy statement must contain resources.", "RoleName", "fanout", "PolicyName", "p", "PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"a:b"}}""")]
    [InlineData("GetRolePolicy", 404, "NoSuchEntity", "The role policy with name p cannot be found.", "RoleName", "fanout", "PolicyName", "p")]
    [InlineData("DeleteRolePolicy", 404, "NoSuchEntity", "The role policy with name p cannot be found.", "RoleName", "fanout", "PolicyName", "p")]
    [InlineData("AttachRolePolicy", 404, "NoSuchEntity", "Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.", "RoleName", "fanout", "PolicyArn", "arn:aws:iam::aws:policy/Nothing")]
    [InlineData("DetachRolePolicy", 404, "NoSuchEntity", $"Policy {Basic} was not found.", "RoleName", "fanout", "PolicyArn", Basic)]
    [InlineData("UpdateAssumeRolePolicy", 400, "MalformedPolicyDocument", "AssumeRole policy must contain principals.", "RoleName", "fanout", "PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}""")]
    public async Task A_refusal_has_IAMs_code_and_words(string operation, int status, string code, string message, params string[] parameters)
    {
        await RoleAsync("CreateRole", ("AssumeRolePolicyDocument", Trust));

        Answer answer = await Aws.QueryAsync("iam", [("Action", operation), .. parameters.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        Assert.Equal((status, code, message), (answer.Status, answer.Error, answer.Xml("Message")));
    }

    [Fact]
    public async Task A_role_with_policies_cannot_be_deleted()
    {
        await RoleAsync("CreateRole", ("AssumeRolePolicyDocument", Trust));
        await RoleAsync("PutRolePolicy", ("PolicyName", "p"), ("PolicyDocument", Policy));
        await RoleAsync("AttachRolePolicy", ("PolicyArn", Basic));

        Answer withInline = await RoleAsync("DeleteRole");
        await RoleAsync("DeleteRolePolicy", ("PolicyName", "p"));
        Answer withAttached = await RoleAsync("DeleteRole");
        await RoleAsync("DetachRolePolicy", ("PolicyArn", Basic));
        Answer without = await RoleAsync("DeleteRole");

        Assert.Equal((409, "DeleteConflict", "Cannot delete entity, must delete policies first."), (withInline.Status, withInline.Error, withInline.Xml("Message")));
        Assert.Equal((409, "DeleteConflict", "Cannot delete entity, must detach all policies first."), (withAttached.Status, withAttached.Error, withAttached.Xml("Message")));
        Assert.Null(without.Error);
        Assert.Empty(Cloud.Iam.Roles);
    }

    [Fact]
    public async Task All_inline_policies_together_have_10240_characters()
    {
        await RoleAsync("CreateRole", ("AssumeRolePolicyDocument", Trust));
        string Sized(int size) => Policy.Replace("\"*\"", $"\"arn:aws:sqs:us-east-1:1:{new string('q', size - Policy.Length - 23)}\"", StringComparison.Ordinal);
        await RoleAsync("PutRolePolicy", ("PolicyName", "a"), ("PolicyDocument", Sized(10_000)));

        Answer fits = await RoleAsync("PutRolePolicy", ("PolicyName", "b"), ("PolicyDocument", Sized(240) + "  \n"));
        Answer exceeds = await RoleAsync("PutRolePolicy", ("PolicyName", "b"), ("PolicyDocument", Sized(241)));

        Assert.Null(fits.Error);
        Assert.Equal((409, "LimitExceeded"), (exceeds.Status, exceeds.Error));
    }

    [Fact(Timeout = 120_000)]
    public async Task AWSs_own_client_makes_changes_pages_and_deletes()
    {
        await using FanOut.LocalCloud.Cloud cloud = FanOut.LocalCloud.Cloud.Start();

        string[] said = await Boto.RunAsync(cloud, """
            i = client("iam")
            trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
            policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]}
            r = i.create_role(RoleName="fanout", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
            print(r["Arn"], r["AssumeRolePolicyDocument"] == trust)
            for n in "abc": i.put_role_policy(RoleName="fanout", PolicyName=n, PolicyDocument=json.dumps(policy))
            print([n for p in i.get_paginator("list_role_policies").paginate(RoleName="fanout", PaginationConfig={"PageSize": 2}) for n in p["PolicyNames"]])
            print(i.get_role_policy(RoleName="fanout", PolicyName="a")["PolicyDocument"] == policy)
            i.tag_role(RoleName="fanout", Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
            i.untag_role(RoleName="fanout", TagKeys=["a"])
            print(i.list_role_tags(RoleName="fanout")["Tags"])
            i.attach_role_policy(RoleName="fanout", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole")
            print(i.list_attached_role_policies(RoleName="fanout")["AttachedPolicies"])
            trust["Statement"][0]["Principal"] = {"AWS": "123456789012"}
            i.update_assume_role_policy(RoleName="fanout", PolicyDocument=json.dumps(trust))
            print(i.get_role(RoleName="fanout")["Role"]["AssumeRolePolicyDocument"] == trust, [x["RoleName"] for x in i.list_roles()["Roles"]])
            try: i.delete_role(RoleName="fanout")
            except i.exceptions.DeleteConflictException as e: print(e.response["Error"]["Code"])
            try: i.get_role(RoleName="nobody")
            except i.exceptions.NoSuchEntityException as e: print(e.response["Error"]["Message"])
            """);

        Assert.Equal(
            [
                "arn:aws:iam::123456789012:role/fanout True", "['a', 'b', 'c']", "True", "[{'Key': 'b', 'Value': '2'}]",
                "[{'PolicyName': 'AWSLambdaVPCAccessExecutionRole', 'PolicyArn': 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'}]",
                "True ['fanout']", "DeleteConflict", "The role with name nobody cannot be found.",
            ],
            said);
    }

    [Fact(Timeout = 120_000)]
    public async Task AWSs_own_client_makes_managed_policies_and_their_versions()
    {
        await using FanOut.LocalCloud.Cloud cloud = FanOut.LocalCloud.Cloud.Start();

        string[] said = await Boto.RunAsync(cloud, """
            i = client("iam")
            def allow(action): return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}
            trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
            i.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))
            p = i.create_policy(PolicyName="p", Path="/x/", PolicyDocument=json.dumps(allow("a:b")), Description="d", Tags=[{"Key": "k", "Value": "v"}])["Policy"]
            arn = p["Arn"]
            i.attach_role_policy(RoleName="r", PolicyArn=arn)
            g = i.get_policy(PolicyArn=arn)["Policy"]
            print(g["PolicyName"], g["Path"], g["DefaultVersionId"], g["AttachmentCount"], g["Description"], g["Tags"])
            for n in range(4): i.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(allow(f"a:c{n}")), SetAsDefault=n % 2 == 0)
            print([(v["VersionId"], v["IsDefaultVersion"]) for q in i.get_paginator("list_policy_versions").paginate(PolicyArn=arn, PaginationConfig={"PageSize": 2}) for v in q["Versions"]])
            print(i.get_policy_version(PolicyArn=arn, VersionId="v4")["PolicyVersion"]["Document"] == allow("a:c2"))
            def refused(call):
                try: call()
                except i.exceptions.ClientError as e: print(e.response["Error"]["Code"])
            refused(lambda: i.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(allow("a:b"))))
            refused(lambda: i.delete_policy_version(PolicyArn=arn, VersionId="v4"))
            refused(lambda: i.create_policy(PolicyName="P", PolicyDocument=json.dumps(allow("a:b"))))
            refused(lambda: i.create_policy(PolicyName="long", PolicyDocument=json.dumps(allow("a:" + 6144 * "b"))))
            refused(lambda: i.delete_policy(PolicyArn=arn))
            i.detach_role_policy(RoleName="r", PolicyArn=arn)
            refused(lambda: i.delete_policy(PolicyArn=arn))
            for n in "1235": i.delete_policy_version(PolicyArn=arn, VersionId="v" + n)
            print([x["PolicyName"] for x in i.list_policies(Scope="Local", PathPrefix="/x/")["Policies"]])
            i.delete_policy(PolicyArn=arn)
            refused(lambda: i.get_policy(PolicyArn=arn))
            """);

        Assert.Equal(
            [
                "p /x/ v1 1 d [{'Key': 'k', 'Value': 'v'}]", "[('v1', False), ('v2', False), ('v3', False), ('v4', True), ('v5', False)]", "True",
                "LimitExceeded", "DeleteConflict", "EntityAlreadyExists", "LimitExceeded", "DeleteConflict", "DeleteConflict", "['p']", "NoSuchEntity",
            ],
            said);
    }

    [Fact]
    public async Task A_managed_policy_says_what_its_default_version_says()
    {
        const string Arn = "arn:aws:iam::123456789012:policy/p";
        await RoleAsync("CreateRole", ("AssumeRolePolicyDocument", Trust));
        await Aws.QueryAsync("iam", ("Action", "CreatePolicy"), ("PolicyName", "p"), ("PolicyDocument", Policy));
        await RoleAsync("AttachRolePolicy", ("PolicyArn", Arn));
        FanOut.LocalCloud.Iam.IamRole role = Cloud.Iam.Find("fanout")!;
        Assert.Equal(AccessDecision.Allowed, role.Decide("sqs:SendMessage", "arn:q"));

        await Aws.QueryAsync("iam", ("Action", "CreatePolicyVersion"), ("PolicyArn", Arn), ("SetAsDefault", "true"), ("PolicyDocument", Policy.Replace("sqs:SendMessage", "sns:Publish", StringComparison.Ordinal)));
        Assert.Equal((AccessDecision.ImplicitDeny, AccessDecision.Allowed), (role.Decide("sqs:SendMessage", "arn:q"), role.Decide("sns:Publish", "arn:t")));
        await RoleAsync("DetachRolePolicy", ("PolicyArn", Arn));
        Assert.Equal(AccessDecision.ImplicitDeny, role.Decide("sns:Publish", "arn:t"));
    }

    private Task<Answer> RoleAsync(string operation, params (string, string)[] parameters) =>
        Aws.QueryAsync("iam", [("Action", operation), ("RoleName", "fanout"), .. parameters]);
}
