using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>Describes the policies that the roles of a function need, as Get-FanOutPolicy outputs them.</summary>
internal static class DescribePolicies
{
    /// <summary>The function's own role first, then the roles of its targets; each with its policies, then who may assume it.</summary>
    /// <param name="facts">The function.</param>
    /// <param name="tableName">The table's name or ARN, as the user gave it.</param>
    public static IEnumerable<FanOutPolicy> Of(FunctionFacts facts, string tableName)
    {
        Describer describe = new(facts, tableName);
        string[] notes =
        [
            .. facts.Notes,
            .. NotesOf(facts.Mappings.Where(static m => TargetRolePolicy.RoleOf(m) is null)),
            .. facts.Mappings.Select(m => DeadLetterGrants.NoteOf(m, facts)).OfType<string>().Order(StringComparer.Ordinal),
        ];
        foreach (FanOutPolicy policy in describe.Policies(PolicyType.ExecutionRole, facts.RoleArn, SplitPolicy.OfFunction(facts.Name, ExecutionPolicy.Of(facts)), notes))
        {
            yield return policy;
        }

        yield return describe.Trust(facts.RoleArn, TrustPolicy.ForFunction, null);
        foreach (string role in TargetRolePolicy.RolesOf(facts))
        {
            notes = [.. NotesOf(TargetRolePolicy.Mappings(role, facts))];
            foreach (FanOutPolicy policy in describe.Policies(PolicyType.TargetRole, role, SplitPolicy.OfTarget(facts.Name, role, TargetRolePolicy.Of(role, facts)), notes))
            {
                yield return policy;
            }

            yield return describe.Trust(role, TrustPolicy.ForRole(role, facts), TrustPolicy.NoteOf(role, facts));
        }
    }

    private static IEnumerable<string> NotesOf(IEnumerable<Mapping> mappings) => mappings.Select(DestinationGrants.NoteOf).OfType<string>();

    private sealed class Describer(FunctionFacts facts, string tableName)
    {
        public IEnumerable<FanOutPolicy> Policies(PolicyType type, string role, IReadOnlyList<RolePolicy> policies, string[] notes) => policies.Select((p, i) =>
            Make(type, role, p.Document, i < SplitPolicy.Most ? notes : [.. notes, $"A role can have {SplitPolicy.Most - 1} managed policies, unless the account's quota is higher: this one is too many."], p.Name, p.IsManaged));

        public FanOutPolicy Trust(string role, PolicyDocument document, string? note) => Make(PolicyType.Trust, role, document, note is null ? [] : [note], null, false);

        private FanOutPolicy Make(PolicyType type, string role, PolicyDocument document, string[] notes, string? name, bool isManaged) => new()
        {
            PolicyType = type,
            Name = name,
            IsManaged = isManaged,
            RoleArn = role,
            Document = document.Json,
            Statements = [.. document.Statements.Select(Of)],
            Notes = notes,
            FunctionName = facts.Name,
            Region = facts.Function.Region,
            TableName = tableName,
        };

        private static FanOutPolicyStatement Of(Statement statement) => new()
        {
            Sid = statement.Sid,
            Principal = statement.Principal?.Id,
            Action = [.. statement.Actions],
            Resource = [.. statement.Resources],
            Condition = statement.Condition?.ToString(),
        };
    }
}
