using System.Net;
using FanOut.Aws.Lambda;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Aws;

/// <summary>What moto does not do: pages, errors' details, what is not sent.</summary>
public sealed class LambdaFunctionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_setting_is_read()
    {
        await using Wire wire = new("""
            {"FunctionName":"f","FunctionArn":"arn:aws:lambda:us-east-1:1:function:f:7","Runtime":"provided.al2023","Role":"arn:aws:iam::1:role/r",
             "Handler":"bootstrap","CodeSize":5000000000,"Description":"","Timeout":60,"MemorySize":256,"LastModified":"2026-11-01T12:00:00.000+0000",
             "CodeSha256":"c2hh","Version":"7","VpcConfig":{"SubnetIds":[],"SecurityGroupIds":["sg-1"],"VpcId":"","Ipv6AllowedForDualStack":false},
             "Environment":{"Error":{"ErrorCode":"AccessDeniedException","Message":"Lambda was unable to decrypt"}},"KMSKeyArn":null,
             "TracingConfig":{"Mode":"PassThrough"},"RevisionId":"r-1","Layers":[{"Arn":"a","CodeSize":1}],"State":"Failed","StateReason":"No subnet",
             "StateReasonCode":"InvalidSubnet","LastUpdateStatus":"InProgress","LastUpdateStatusReason":"The function is being updated",
             "LastUpdateStatusReasonCode":"Creating","PackageType":"Zip","Architectures":["arm64"],"EphemeralStorage":{"Size":512}}
            """);
        using AmazonLambdaClient client = Client(wire);

        GetFunctionConfigurationResponse found = await client.GetFunctionConfigurationAsync(new() { FunctionName = "f", Qualifier = "7" }, Cancellation);

        Assert.Equal(["GET /2015-03-31/functions/f/configuration?Qualifier=7"], wire.Lines);
        Assert.Equal(
            ("f", "arn:aws:lambda:us-east-1:1:function:f:7", "provided.al2023", "arn:aws:iam::1:role/r", "bootstrap", "", "7"),
            (found.FunctionName, found.FunctionArn, found.Runtime, found.Role, found.Handler, found.Description, found.Version));
        Assert.Equal(((int?)60, (int?)256, (long?)5_000_000_000), (found.Timeout, found.MemorySize, found.CodeSize));
        Assert.Equal(("c2hh", "2026-11-01T12:00:00.000+0000", "r-1", "Zip"), (found.CodeSha256, found.LastModified, found.RevisionId, found.PackageType));
        Assert.Equal(("Failed", "No subnet", "InvalidSubnet"), (found.State, found.StateReason, found.StateReasonCode));
        Assert.Equal(
            ("InProgress", "The function is being updated", "Creating"),
            (found.LastUpdateStatus, found.LastUpdateStatusReason, found.LastUpdateStatusReasonCode));
        Assert.Equal(("AccessDeniedException", "Lambda was unable to decrypt"), (found.Environment!.Error!.ErrorCode, found.Environment.Error.Message));
        Assert.Null(found.Environment.Variables);
        Assert.Null(found.KMSKeyArn);
        Assert.Equal((0, "sg-1", ""), (found.VpcConfig!.SubnetIds!.Count, Assert.Single(found.VpcConfig.SecurityGroupIds!), found.VpcConfig.VpcId));
        Assert.False(found.VpcConfig.Ipv6AllowedForDualStack);
        Assert.Equal(["arm64"], found.Architectures!);
    }

    [Fact]
    public async Task A_request_without_a_body_has_no_content_type()
    {
        await using Wire wire = new("{}", "{}");
        using AmazonLambdaClient client = Client(wire);

        await client.GetFunctionConfigurationAsync(new() { FunctionName = "f" }, Cancellation);
        await client.DeleteEventSourceMappingAsync(new() { UUID = "u" }, Cancellation);

        Assert.All(wire.Arrived, request =>
        {
            Assert.True(request.Body.IsEmpty);
            Assert.Null(request.Header("content-type"));
            Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", request.Header("x-amz-content-sha256"));
        });
    }

    [Fact]
    public async Task Functions_are_listed_page_by_page()
    {
        await using Wire wire = new(
            """{"NextMarker":"m+/=","Functions":[{"FunctionName":"a"},{"FunctionName":"b","Environment":{"Variables":{"K":"v"}}}]}""",
            """{"NextMarker":null,"Functions":[]}""");
        using AmazonLambdaClient client = Client(wire);

        ListFunctionsResponse first = await client.ListFunctionsAsync(new() { MaxItems = 2, FunctionVersion = "ALL" }, Cancellation);
        ListFunctionsResponse second = await client.ListFunctionsAsync(new() { Marker = first.NextMarker }, Cancellation);

        Assert.Equal(["GET /2015-03-31/functions?FunctionVersion=ALL&MaxItems=2", "GET /2015-03-31/functions?Marker=m%2B%2F%3D"], wire.Lines);
        Assert.Equal(["a", "b"], first.Functions!.Select(function => function.FunctionName));
        Assert.Equal("v", first.Functions![1].Environment!.Variables!["K"]);
        Assert.Equal((0, null), (second.Functions!.Count, second.NextMarker));
    }

    [Fact]
    public async Task Only_what_is_set_is_sent()
    {
        await using Wire wire = new("{}", "{}");
        using AmazonLambdaClient client = Client(wire);

        await client.UpdateFunctionConfigurationAsync(
            new()
            {
                FunctionName = "f",
                RevisionId = "r",
                Description = "",
                Role = "arn:aws:iam::1:role/r",
                Runtime = "provided.al2023",
                Handler = "bootstrap",
                MemorySize = 256,
                Timeout = 60,
                Environment = new() { Variables = new() { ["K"] = "\"é\"" } },
                VpcConfig = new() { SubnetIds = [], SecurityGroupIds = [] },
                KMSKeyArn = "",
            },
            Cancellation);
        await client.UpdateFunctionConfigurationAsync(new() { FunctionName = "f", Environment = new() { Variables = [] } }, Cancellation);

        Assert.Equal(["PUT /2015-03-31/functions/f/configuration", "PUT /2015-03-31/functions/f/configuration"], wire.Lines);
        Assert.Equal("application/json", wire.Arrived[0].Header("content-type"));
        Assert.Equal(
            """
            {"RevisionId":"r","Description":"","Role":"arn:aws:iam::1:role/r","Runtime":"provided.al2023","Handler":"bootstrap","MemorySize":256,"Timeout":60,"Environment":{"Variables":{"K":"\u0022\u00E9\u0022"}},"VpcConfig":{"SubnetIds":[],"SecurityGroupIds":[]},"KMSKeyArn":""}
            """,
            wire.Arrived[0].Text);
        Assert.Equal("""{"Environment":{"Variables":{}}}""", wire.Arrived[1].Text);
    }

    [Fact]
    public async Task A_refusal_keeps_its_code_message_status_and_request_id()
    {
        HttpResponse refused = HttpResponse.Text(
            412, "application/json", """{"Type":"User","Message":"The RevisionId provided does not match the latest RevisionId."}""");
        refused.Headers["x-amzn-ErrorType"] = "PreconditionFailedException:http://internal.amazon.com/coral/";
        refused.Headers["x-amzn-RequestId"] = "id-1";
        await using Wire wire = new(refused);
        using AmazonLambdaClient client = Client(wire);

        AmazonLambdaException refusal = await Assert.ThrowsAsync<AmazonLambdaException>(
            () => client.UpdateFunctionConfigurationAsync(new() { FunctionName = "f", RevisionId = "old" }, Cancellation));

        Assert.Equal(
            ("PreconditionFailedException", "The RevisionId provided does not match the latest RevisionId.", HttpStatusCode.PreconditionFailed, "id-1"),
            (refusal.ErrorCode, refusal.Message, refusal.StatusCode, refusal.RequestId));
    }

    private static AmazonLambdaClient Client(Wire wire) => new(Wire.Credentials, wire.Config(AmazonLambdaClient.Service));
}
