using System.Management.Automation;
using FanOut.Annotations;
using FanOut.Errors;

namespace FanOut.Abstractions;

/// <content>What a cmdlet writes in a run of a CI service. All warnings and errors of all cmdlets come through here.</content>
public abstract partial class FanOutCommand
{
    private const string AnnotateVariable = "FANOUT_ANNOTATE";

    private CiService? _service;
    private bool _annotates;

    /// <summary>In a run of GitHub Actions or Azure Pipelines, makes annotations of the warnings and errors that are shown, and masks the secrets that the cmdlet is given. Without it, the environment variable FANOUT_ANNOTATE says so for all cmdlets; -Annotate:$false turns it off for one, whose error a script expects. Elsewhere it has no effect.</summary>
    [Parameter]
    public SwitchParameter Annotate { get; set; }

    /// <summary>Writes a warning, and an annotation of it.</summary>
    private protected new void WriteWarning(string text)
    {
        bool isShown = IsShown(Preference("WarningAction") ?? (IsSwitchedOn("Verbose") || IsSwitchedOn("Debug") ? ActionPreference.Continue : Variable("WarningPreference")));
        if (_annotates && isShown)
        {
            Write(AnnotationKind.Warning, null, text);
        }

        if (!IsAfterwards)
        {
            base.WriteWarning(text);
        }
        else if (isShown)
        {
            Host.UI.WriteWarningLine(text);
        }
    }

    /// <summary>Writes an error, and an annotation of it.</summary>
    private protected new void WriteError(ErrorRecord record)
    {
        if (_annotates && IsShown(Preference("ErrorAction") ?? Variable("ErrorActionPreference")))
        {
            Write(record);
        }

        base.WriteError(record);
    }

    /// <summary>Ends the cmdlet with an error, and writes an annotation of it.</summary>
    /// <remarks>PowerShell shows such an error whatever -ErrorAction says; only $ErrorActionPreference can hide it.</remarks>
    private protected new void ThrowTerminatingError(ErrorRecord record)
    {
        if (_annotates && IsShown(Variable("ErrorActionPreference")))
        {
            Write(record);
        }

        base.ThrowTerminatingError(record);
    }

    /// <summary>Shows progress, where somebody looks on: in a log of a CI service it would be a line for each step.</summary>
    private protected new void WriteProgress(ProgressRecord record)
    {
        if (_service is null)
        {
            base.WriteProgress(record);
        }
    }

    /// <summary>Masks secrets in the log of the run.</summary>
    /// <param name="secrets">The secrets; null or blank: none.</param>
    private protected void Mask(IEnumerable<string?> secrets)
    {
        if (_annotates)
        {
            MaskedSecrets.Add(_service!, secrets);
        }
    }

    private void FindService()
    {
        _service = CiService.Of(Environment.GetEnvironmentVariable);
        bool isWanted = IsTyped(nameof(Annotate)) ? Annotate : IsTrue(Environment.GetEnvironmentVariable(AnnotateVariable));
        _annotates = isWanted && _service is not null;
    }

    private void Write(ErrorRecord record)
    {
        string advice = record.ErrorDetails?.RecommendedAction is { Length: > 0 } action ? $" {action}" : "";
        Write(AnnotationKind.Error, record.FullyQualifiedErrorId.Split(',')[0], (record.ErrorDetails?.Message ?? record.Exception.Message) + advice);
    }

    // By the host, so that it is neither output of the cmdlet nor captured with it.
    private void Write(AnnotationKind kind, string? code, string message)
    {
        ScriptLine? position = string.IsNullOrEmpty(MyInvocation.ScriptName) ? null : new(MyInvocation.ScriptName, MyInvocation.ScriptLineNumber, MyInvocation.OffsetInLine);
        Host.UI.WriteLine(_service!.Annotate(new Annotation(kind, MyInvocation.MyCommand.Name, code, message, position)));
    }

    private ActionPreference? Preference(string parameter) => MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) ? ToPreference(value) : null;

    private ActionPreference Variable(string name) => ToPreference(GetVariableValue(name)) ?? ActionPreference.Continue;

    private bool IsSwitchedOn(string parameter) => MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && LanguagePrimitives.IsTrue(value);

    private static ActionPreference? ToPreference(object? value) => LanguagePrimitives.TryConvertTo(value, out ActionPreference preference) ? preference : null;

    private static bool IsShown(ActionPreference preference) => preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private static bool IsTrue(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null or "" or "FALSE" or "0" => false,
        "TRUE" or "1" => true,
        _ => throw FanOutError.InvalidVariable(AnnotateVariable, text, "true or false"),
    };
}
