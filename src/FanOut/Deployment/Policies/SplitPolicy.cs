namespace FanOut.Deployment.Policies;

/// <summary>Divides a document that is too long for one policy into several.</summary>
/// <remarks>
/// All inline policies of a role together may have 10,240 characters, so a second one would give no more room. What does not fit into the one
/// inline policy goes into managed policies, of which a role may have ten with 6,144 characters each. White space does not count. See
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"/>.
/// </remarks>
internal static class SplitPolicy
{
    private const string Prefix = "FanOut-";

    /// <summary>Most characters of all inline policies of a role.</summary>
    public const int InlineSize = 10_240;

    /// <summary>Most characters of a managed policy.</summary>
    public const int ManagedSize = 6_144;

    /// <summary>Most policies of a role, the inline one and ten managed ones, unless the account's quota was raised.</summary>
    public const int Most = 11;

    private static readonly int Frame = new PolicyDocument([]).Size;

    /// <summary>The policies of a function's own role.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="document">The document.</param>
    /// <returns>The inline policy first. If there are more than <see cref="Most"/>, a role cannot have them all.</returns>
    public static IReadOnlyList<RolePolicy> OfFunction(string function, PolicyDocument document) => Of(NameOf(function), NameOf(function), document);

    /// <summary>
    /// The policies of a role that the function assumes. Managed policies have the role's name in theirs, because an account may have several such
    /// roles.
    /// </summary>
    /// <param name="function">The function's name.</param>
    /// <param name="role">The role's ARN.</param>
    /// <param name="document">The document.</param>
    /// <inheritdoc cref="OfFunction" path="/returns"/>
    public static IReadOnlyList<RolePolicy> OfTarget(string function, string role, PolicyDocument document) =>
        Of(NameOf(function), $"{NameOf(function)}-{PublishRole.NameOf(role)}", document);

    /// <summary>The name of the inline policy; managed ones have a number after it, from 2 on.</summary>
    public static string NameOf(string function) => Prefix + function;

    private static List<RolePolicy> Of(string name, string managed, PolicyDocument document)
    {
        List<RolePolicy> policies = [];
        var waiting = new Queue<Statement>(document.Statements);
        while (waiting.Count > 0 || policies.Count == 0)
        {
            bool isManaged = policies.Count > 0;
            policies.Add(new RolePolicy(
                isManaged ? $"{managed}-{policies.Count + 1}" : name, isManaged, new PolicyDocument(Fill(waiting, isManaged ? ManagedSize : InlineSize))));
        }

        return policies;
    }

    private static List<Statement> Fill(Queue<Statement> waiting, int size)
    {
        List<Statement> taken = [];
        int left = size - Frame;
        while (waiting.TryPeek(out Statement? statement))
        {
            // The comma after the statement is counted too.
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
}
