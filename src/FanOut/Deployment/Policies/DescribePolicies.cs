using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Deployment.Policies;

/// <summary>Makes the objects of the pipeline of what the roles of a function need.</summary>
internal static class DescribePolicies
{
    /// <summary>The function's own role first, then the roles of its targets; each with its policies, then who may assume it.</summary>
    /// <param name="facts">The function.</param>
    /// <param name="tableName">The table as it was named.</param>
    /// <exception cref="FanOutException">PolicyTooLarge.</exception>
    public static IEnumerable<FanOutPolicy> Of(FunctionFacts facts, string tableName)
    {
        Describer describe = new(facts, tableName);
        string[] notes = [.. facts.Notes, .. NotesOf(facts.Mappings.Where(static m => TargetRolePolicy.RoleOf(m) is null)), .. facts.Mappings.Select(m => DeadLetterGrants.NoteOf(m, facts)).OfType<string>().Order(StringComparer.Ordinal)];
        foreach (RolePolicy policy in SplitPolicy.Of(facts.RoleArn, ExecutionPolicy.Of(facts)))
        {
            yield return describe.Policy(PolicyKind.ExecutionRole, facts.RoleArn, policy, notes);
        }

        yield return describe.Trust(facts.RoleArn, TrustPolicy.ForFunction, null);
        foreach (string role in TargetRolePolicy.RolesOf(facts))
        {
            notes = [.. NotesOf(TargetRolePolicy.Mappings(role, facts))];
            foreach (RolePolicy policy in SplitPolicy.Of(role, TargetRolePolicy.Of(role, facts)))
            {
                yield return describe.Policy(PolicyKind.TargetRole, role, policy, notes);
            }

            yield return describe.Trust(role, TrustPolicy.ForRole(role, facts), TrustPolicy.NoteOf(role, facts));
        }
    }

    private static IEnumerable<string> NotesOf(IEnumerable<Mapping> mappings) => mappings.Select(DestinationGrants.NoteOf).OfType<string>();

    private sealed class Describer(FunctionFacts facts, string tableName)
    {
        public FanOutPolicy Policy(PolicyKind kind, string role, RolePolicy policy, string[] notes) => Make(kind, role, policy.Document, notes, policy.Name, policy.IsManaged);

        public FanOutPolicy Trust(string role, PolicyDocument document, string? note) => Make(PolicyKind.Trust, role, document, note is null ? [] : [note], null, false);

        private FanOutPolicy Make(PolicyKind kind, string role, PolicyDocument document, string[] notes, string? name, bool isManaged) => new()
        {
            Kind = kind,
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
