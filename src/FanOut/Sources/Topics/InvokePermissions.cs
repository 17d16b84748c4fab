using System.Security.Cryptography;
using System.Text;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Mappings;

namespace FanOut.Sources.Topics;

/// <summary>Which topics may invoke a function, by the function's own policy.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function, with or without an alias or version, each of which has a policy of its own.</param>
internal sealed class InvokePermissions(AwsSession session, FunctionDestination function)
{
    /// <summary>What a topic is allowed.</summary>
    public const string Action = "lambda:InvokeFunction";

    // https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html: 100 letters, digits, hyphens and underscores, as topics' names have, too.
    private const int LongestName = 76;

    /// <summary>The policy's statements for SNS.</summary>
    public async Task<IReadOnlyList<InvokeStatement>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            GetFunctionPolicyResponse found = await session.Lambda().GetPolicyAsync(
                new GetFunctionPolicyRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier }, cancellationToken).ConfigureAwait(false);
            return found.Policy is { Length: > 0 } policy ? InvokeStatement.Read(policy) : [];
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return [];
        }
    }

    /// <summary>Allows a topic to invoke the function.</summary>
    /// <remarks>
    /// The statement names the topic, whose ARN holds its account. It has no condition on aws:SourceAccount: no page of AWS was found that says that SNS
    /// sends it (AWS's examples for SNS have the ARN alone, those for S3, whose ARNs hold no account, have both), and if it does not, nothing would be invoked:
    /// https://docs.aws.amazon.com/lambda/latest/dg/with-sns-example.html,
    /// https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
    /// </remarks>
    /// <returns>The statement's id.</returns>
    public async Task<string> AddAsync(string topicArn, CancellationToken cancellationToken)
    {
        string id = IdOf(topicArn);
        try
        {
            await session.Lambda().AddPermissionAsync(
                new AddPermissionRequest
                {
                    FunctionName = function.FunctionName,
                    Qualifier = function.Qualifier,
                    StatementId = id,
                    Action = Action,
                    Principal = TopicRegion.PrincipalOf(topicArn, session.Region),
                    SourceArn = topicArn,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceConflictException" && e.Message.Contains(id, StringComparison.Ordinal))
        {
            // Somebody else has just added the same statement.
        }

        return id;
    }

    /// <summary>Removes a statement; nothing happens if it is gone.</summary>
    public async Task RemoveAsync(string statementId, CancellationToken cancellationToken)
    {
        try
        {
            await session.Lambda().RemovePermissionAsync(
                new RemovePermissionRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier, StatementId = statementId }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // Somebody else has just removed it.
        }
    }

    private static string IdOf(string topicArn)
    {
        string name = Arn.TryParse(topicArn, out Arn? topic) ? topic.Resource : "";
        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(topicArn)))[..16];
        return $"FanOut-{(name.Length > LongestName ? name[..LongestName] : name)}-{digest}";
    }
}
