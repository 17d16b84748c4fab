using System.Management.Automation;
using FanOut.DesiredState.Plans;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.Commands;

/// <content>Asks the user, before the first change.</content>
public sealed partial class SyncFanOutTargetCommand
{
    private bool _removeAll, _keepAll;

    /// <summary>Asks for what is to be asked for, before the first change.</summary>
    /// <returns>The plan without what the user refuses; null: nothing is left to be done.</returns>
    private StatePlan? Agree(StatePlan plan)
    {
        StatePlan agreed = plan with
        {
            Sources = [.. plan.Sources.Where(s => s.Action != ChangeAction.Unchanged
                && IsAgreed(s.Action, $"source {s.SourceArn} and function {Called(plan.State).Text}", s.Action == ChangeAction.Remove ? "Disconnect" : Words(s.Action == ChangeAction.Create ? "Connect" : "Change", s.Attributes, s.Detail)))],
            Targets = [.. plan.Targets.Where(t => t.Action != ChangeAction.Unchanged && IsAgreed(t.Action, $"target '{t.Id}' of {t.SourceArn}", Words(t)))],
        };
        if (agreed is { Sources.Count: 0, Targets.Count: 0, Function: null or { Changes.Count: 0 } })
        {
            bool isUnchanged = plan.Sources.All(static s => s.Action == ChangeAction.Unchanged) && plan.Targets.All(static t => t.Action == ChangeAction.Unchanged);
            Say(isUnchanged ? DescribeSync.Unchanged(Describe(plan), Whose) : $"{Whose}: nothing was agreed to, and nothing was changed.");
            return null;
        }

        return agreed;
    }

    private static string Words(TargetPlan target) => target.Wanted is not { } wanted ? "Unregister"
        : target.There is not { } there ? $"Register {MappingText.Of(wanted.Type)} {wanted.Destination.Display}"
        : Words("Change", [.. TargetDifferences.Find(there, wanted)], null);

    private static string Words(string verb, FanOutAttributeChange[] attributes, string? detail) =>
        string.Join("; ", new[] { attributes.Length == 0 ? verb : $"{verb}: {string.Join<FanOutAttributeChange>(", ", attributes)}", detail }.OfType<string>());

    private bool IsAgreed(string action, string target, string words) =>
        ShouldProcess(target, words) && (action != ChangeAction.Remove || MayRemove(target, words));

    // What is removed is asked for, as Unregister-FanOutTarget and Disconnect-FanOutSource ask; unless it is said already.
    private bool MayRemove(string target, string words)
    {
        bool isSaid = MyInvocation.BoundParameters.ContainsKey("Confirm")
            || (LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference) && preference == ConfirmImpact.None);
        try
        {
            return isSaid || ShouldContinue($"{words} {target}? The state does not have it.", "Confirm", ref _removeAll, ref _keepAll);
        }
        catch (Exception e) when (IsNobodyThere(e))
        {
            throw FanOutError.ConfirmationImpossible(target, words, e);
        }
    }
}
