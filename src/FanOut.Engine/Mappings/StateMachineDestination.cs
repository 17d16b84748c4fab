using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>A state machine of Step Functions, by ARN, or a version or an alias of it.</summary>
/// <remarks>See <see href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html"/>.</remarks>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Arn">The state machine's ARN, without version or alias.</param>
/// <param name="Name">Its name.</param>
/// <param name="Qualifier">The version or alias; null: the state machine as it is.</param>
public sealed record StateMachineDestination(string Text, Arn Arn, string Name, string? Qualifier) : Destination(Text)
{
    private const int LongestName = 80;

    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html: no white space, brackets, wildcards or these marks.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" <>{}[]?*\"#%\\^|~`$&,;:/");

    /// <inheritdoc/>
    public override string Region => Arn.Region;

    /// <summary>Parses the ARN of a state machine, a version or an alias.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out StateMachineDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        string name = "";
        string? qualifier = null;
        if (!Arn.TryParse(text, out Arn? arn) || arn is not { Service: "states", ResourceType: "stateMachine", Region: not "", Account: not "" })
        {
            problem = "it is not the ARN of a state machine";
        }
        else if (!TrySplit(arn.ResourceName, out name, out qualifier) || !IsName(name))
        {
            problem = $"the state machine's name may have up to {LongestName} characters, but no blanks, brackets, and none of ?*\"#%\\^|~`$&,;:/";
        }
        else if (qualifier is not null && !Names.IsName(qualifier, LongestName, "-_."))
        {
            problem = $"behind the state machine's name stands a version's number or an alias, up to {LongestName} letters, digits, dots, hyphens and underscores";
        }
        else
        {
            (destination, problem) = (new StateMachineDestination(text, arn with { Resource = $"stateMachine:{name}" }, name, qualifier), null);
            return true;
        }

        problem += "; states takes a state machine's ARN, arn:aws:states:region:account:stateMachine:name, with or without :version or :alias";
        return false;
    }

    private static bool TrySplit(string text, out string name, out string? qualifier)
    {
        string[] parts = text.Split(':');
        (name, qualifier) = (parts[0], parts.Length > 1 ? parts[1] : null);
        return parts.Length <= 2;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAny(NotInNames) && !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c));
}
