using FanOut.Tests.LocalCloud.Lambda.Deployment;

namespace FanOut.Tests.LocalCloud.Lambda;

public sealed class TagsAndPermissionsTests : DeploymentTests
{
    [Fact]
    public async Task Tags_are_added_taken_away_and_no_part_of_the_revision()
    {
        await CreateAsync(more: ""","Tags":{"a":"1"}""");
        var before = Lambda.Find("fanout")!.RevisionId;
        var path = $"/2017-03-31/tags/{Uri.EscapeDataString(FunctionArn)}";

        await CallAsync(HttpMethod.Post, path, """{"Tags":{"a":"2","b c":"3","d":"4"}}""");
        await CallAsync(HttpMethod.Delete, path + "?tagKeys=b%20c&tagKeys=d");

        Assert.Equal("""{"Tags":{"a":"2"}}""", (await CallAsync(HttpMethod.Get, path)).Text);
        Assert.Equal(before, Lambda.Find("fanout")!.RevisionId);
    }

    [Fact]
    public async Task Permissions_are_kept_by_their_ids()
    {
        const string Topic = """{"StatementId":"sns","Action":"lambda:InvokeFunction","Principal":"sns.amazonaws.com","SourceArn":"arn:aws:sns:us-east-1:123456789012:t"}""";
        await CreateAsync();

        var none = await CallAsync(HttpMethod.Get, "/fanout/policy");
        var added = await CallAsync(HttpMethod.Post, "/fanout/policy", Topic);
        var twice = await CallAsync(HttpMethod.Post, "/fanout/policy", Topic);
        var policy = (await CallAsync(HttpMethod.Get, "/fanout/policy")).Json.GetProperty("Policy").GetString();
        var removed = await CallAsync(HttpMethod.Delete, "/fanout/policy/sns");

        const string Statement = $$$$$"""{"Sid":"sns","Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"{{{{{FunctionArn}}}}}","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:sns:us-east-1:123456789012:t"}}}""";
        Assert.Equal((404, 409, 204), (none.Status, twice.Status, removed.Status));
        Assert.Equal((201, Statement), (added.Status, added.Json.GetProperty("Statement").GetString()));
        Assert.Equal($$"""{"Version":"2012-10-17","Id":"default","Statement":[{{Statement}}]}""", policy);
    }

    [Fact(Timeout = Timeout)]
    public async Task AWSs_own_client_deploys_waits_publishes_and_deletes()
    {
        DeployedScript.SkipWithoutPython();

        string[] said = await Boto.RunAsync(Cloud, $$"""
            import base64
            zip = base64.b64decode("{{Convert.ToBase64String(DeployedScript.Zip())}}")
            l = client("lambda")
            c = l.create_function(FunctionName="fanout", Runtime="provided.al2023", Handler="bootstrap", Role="arn:aws:iam::123456789012:role/fanout", Code={"ZipFile": zip}, Timeout=60)
            l.get_waiter("function_active_v2").wait(FunctionName="fanout")
            print(l.invoke(FunctionName="fanout", Payload=b"{}")["Payload"].read().decode())
            l.update_function_code(FunctionName="fanout", ZipFile=zip, Architectures=["arm64"])
            l.get_waiter("function_updated_v2").wait(FunctionName="fanout")
            print(l.publish_version(FunctionName="fanout")["Version"], l.create_alias(FunctionName="fanout", Name="live", FunctionVersion="1")["AliasArn"])
            print([v["Version"] for v in l.list_versions_by_function(FunctionName="fanout")["Versions"]], [a["Name"] for a in l.list_aliases(FunctionName="fanout")["Aliases"]])
            print(l.put_function_concurrency(FunctionName="fanout", ReservedConcurrentExecutions=5)["ReservedConcurrentExecutions"], l.get_function(FunctionName="fanout")["Concurrency"])
            l.tag_resource(Resource=c["FunctionArn"], Tags={"a": "1"})
            print(l.list_tags(Resource=c["FunctionArn"])["Tags"])
            l.add_permission(FunctionName="fanout", StatementId="s", Action="lambda:InvokeFunction", Principal="sns.amazonaws.com")
            print(json.loads(l.get_policy(FunctionName="fanout")["Policy"])["Statement"][0]["Sid"])
            l.delete_function(FunctionName="fanout")
            try: l.get_function(FunctionName="fanout")
            except l.exceptions.ResourceNotFoundException: print("gone")
            """);

        Assert.Equal(
            ["\"one\"", $"1 {FunctionArn}:live", "['$LATEST', '1'] ['live']", "5 {'ReservedConcurrentExecutions': 5}", "{'a': '1'}", "s", "gone"], said);
    }
}
