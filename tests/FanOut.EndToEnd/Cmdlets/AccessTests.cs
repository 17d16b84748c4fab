using System.Management.Automation;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Who may do what: moto's own check of signatures and policies, and roles of other accounts.</summary>
public sealed class AccessTests
{
    private const string ReadOnly = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:Query","dynamodb:Scan"],"Resource":"*"}]}""";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";

    [Fact]
    public async Task What_the_policy_does_not_allow_is_denied_with_the_right_that_is_missing()
    {
        // An instance of its own: authorisation holds for the whole server.
        await using MotoServer moto = new();
        using MotoSession session = await MotoSession.StartAsync(moto, "denied");
        session.Run($"Register-FanOutTarget sqs there {Queue} -SourceArn $source").ThrowIfFailed();
        string before = Assert.Single(await session.RowsAsync()).Sorted();
        (string key, string secret) = await CreateUserAsync(session.Api, ReadOnly);
        session.CallAs(key, secret);
        await moto.ResetAuthAsync(0);

        PowerShellResult listed = session.Run("Get-FanOutTarget -SourceArn $source");
        ErrorRecord[] denied =
        [
            session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn $source").Error(),
            session.Run("Enable-FanOutTarget there -SourceArn $source").Error(),
            session.Run("Set-FanOutTarget there -SourceArn $source -Collapse none").Error(),
            session.Run("Unregister-FanOutTarget there -SourceArn $source -Confirm:$false").Error(),
            session.Run("Register-FanOutTarget sqs t1 q -SourceArn $source").Error(),
        ];

        Assert.Equal("there", listed.Property("Id"));
        string[] rights = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "sqs:GetQueueUrl"];
        foreach ((ErrorRecord error, string right) in denied.Zip(rights))
        {
            Assert.StartsWith("AccessDenied,FanOut.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
            Assert.Contains(right, error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains($"as access key {key}", error.Exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, $"{error} {error.Exception} {error.ErrorDetails}", StringComparison.Ordinal);
        }

        await moto.ResetAuthAsync(int.MaxValue);
        Assert.Equal(before, Assert.Single(await session.RowsAsync()).Sorted());
    }

    [Fact]
    public async Task A_queue_of_another_account_is_found_as_the_role_with_its_external_id()
    {
        // An instance of its own: it keeps every request.
        await using MotoServer moto = new();
        using MotoSession session = await MotoSession.StartAsync(moto, "role");
        XElement role = await session.Api.QueryAsync(
            "sts", "2011-06-15", "AssumeRole", ("RoleArn", "arn:aws:iam::210987654321:role/writer"), ("RoleSessionName", "other"));
        using ServiceApi other = new(session.Endpoint, Text(role, "AccessKeyId"));
        await other.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "theirs" });
        await moto.StartRecordingAsync();

        session.Run("Register-FanOutTarget sqs t1 theirs -SourceArn $source -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId ext-1").ThrowIfFailed();

        JsonNode row = Assert.Single(await session.RowsAsync());
        Assert.EndsWith("/210987654321/theirs", row.Text("destination"), StringComparison.Ordinal);
        Assert.Equal(("arn:aws:iam::210987654321:role/writer", "ext-1"), (row.Text("role"), row.Text("externalId")));
        RecordedRequest assume = Assert.Single(await moto.GetRecordingAsync(), request => Body(request).Contains("AssumeRole", StringComparison.Ordinal));
        Assert.Contains("ExternalId=ext-1", Body(assume), StringComparison.Ordinal);
    }

    private static async Task<(string Key, string Secret)> CreateUserAsync(ServiceApi api, string policy)
    {
        await api.QueryAsync("iam", "2010-05-08", "CreateUser", ("UserName", "reader"));
        await api.QueryAsync("iam", "2010-05-08", "PutUserPolicy", ("UserName", "reader"), ("PolicyName", "read"), ("PolicyDocument", policy));
        XElement created = await api.QueryAsync("iam", "2010-05-08", "CreateAccessKey", ("UserName", "reader"));
        return (Text(created, "AccessKeyId"), Text(created, "SecretAccessKey"));
    }

    private static string Body(RecordedRequest request) => Encoding.UTF8.GetString(request.Body.Span);

    private static string Text(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;
}
