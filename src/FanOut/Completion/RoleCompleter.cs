using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes names of the roles that Lambda may assume; ARNs where one is begun.</summary>
public sealed class RoleCompleter : AwsCompleter
{
    private const string Lambda = "lambda.amazonaws.com";

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, CancellationToken cancellationToken)
    {
        AmazonIdentityManagementServiceClient iam =
            session.Client(AmazonIdentityManagementServiceClient.Service, static (c, s) => new AmazonIdentityManagementServiceClient(c, s));
        bool isArn = typed.Word.StartsWith("arn", StringComparison.OrdinalIgnoreCase);
        return Pages.AllAsync(
            next => iam.ListRolesAsync(new ListRolesRequest { MaxItems = 1000, Marker = next }, cancellationToken),
            p => p.Roles?.Where(static r => r.AssumeRolePolicyDocument?.Contains(Lambda, StringComparison.Ordinal) == true)
                .Select(r => new Value((isArn ? r.Arn : r.RoleName)!, r.Description is { Length: > 0 } description ? description : r.Arn!)),
            static p => p.Marker);
    }
}
