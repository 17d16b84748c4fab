using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Deployment.Policies;

/// <summary>Divides a document that is too long for one policy.</summary>
/// <remarks>
/// All inline policies of a role together may have 10,240 characters, so more of them would give no more room. What has none in the one inline
/// policy goes into managed policies, of which a role may have ten with 6,144 characters each. White space does not count. See
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"/>.
/// </remarks>
internal static class SplitPolicy
{
    /// <summary>The name of the inline policy; managed ones are named after the role, this, and a number.</summary>
    public const string Name = "FanOut";

    /// <summary>Most characters of all inline policies of a role.</summary>
    public const int InlineSize = 10_240;

    /// <summary>Most characters of a managed policy.</summary>
    public const int ManagedSize = 6_144;

    /// <summary>Most managed policies of a role, unless the account's quota was raised.</summary>
    public const int MostManaged = 10;

    private static readonly int Frame = new PolicyDocument([]).Size;

    /// <summary>The policies; the same document is always divided in the same way.</summary>
    /// <param name="role">The role's ARN.</param>
    /// <param name="document">The document.</param>
    /// <exception cref="FanOutException">PolicyTooLarge.</exception>
    public static IReadOnlyList<RolePolicy> Of(string role, PolicyDocument document)
    {
        List<RolePolicy> policies = [];
        var waiting = new Queue<Statement>(document.Statements);
        while (waiting.Count > 0 || policies.Count == 0)
        {
            if (policies.Count > MostManaged)
            {
                throw Failure.PolicyTooLarge(role, document.Size, InlineSize + (MostManaged * ManagedSize));
            }

            bool isManaged = policies.Count > 0;
            policies.Add(new RolePolicy(
                isManaged ? $"{RoleName(role)}-{Name}-{policies.Count}" : Name, isManaged, new PolicyDocument(Fill(waiting, isManaged ? ManagedSize : InlineSize))));
        }

        return policies;
    }

    private static List<Statement> Fill(Queue<Statement> waiting, int size)
    {
        List<Statement> taken = [];
        int left = size - Frame;
        while (waiting.TryPeek(out Statement? statement))
        {
            // The comma after it counts with it.
            left -= SizeOf(statement with { Resources = [] }) + "\"Resource\":[],,".Length;
            List<string> resources = [.. statement.Resources.TakeWhile(r => (left -= SizeOf(r)) >= 0)];
            if (resources.Count > 0)
            {
                taken.Add(statement with { Resources = resources });
            }

            if (resources.Count < statement.Resources.Count)
            {
                PutBack(waiting, statement with { Resources = [.. statement.Resources.Skip(resources.Count)] });
                break;
            }

            waiting.Dequeue();
        }

        return taken;
    }

    private static void PutBack(Queue<Statement> waiting, Statement rest)
    {
        Statement[] others = [.. waiting.Skip(1)];
        waiting.Clear();
        waiting.Enqueue(rest);
        foreach (Statement other in others)
        {
            waiting.Enqueue(other);
        }
    }

    private static int SizeOf(Statement statement) => new PolicyDocument([statement]).Size - Frame;

    private static int SizeOf(string resource) => SizeOf(new Statement { Sid = "", Actions = [], Resources = [resource] })
        - SizeOf(new Statement { Sid = "", Actions = [] }) - "\"Resource\":[],".Length + 1;

    private static string RoleName(string role) => Arn.TryParse(role, out Arn? arn) ? arn.ResourceName.Split('/')[^1] : role;
}
