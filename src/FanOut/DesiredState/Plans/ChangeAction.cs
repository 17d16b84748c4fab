namespace FanOut.DesiredState.Plans;

/// <summary>The words of <see cref="FanOutChange.Action"/>.</summary>
internal static class ChangeAction
{
    public const string Create = "Create", Change = "Change", Remove = "Remove", Unchanged = "Unchanged";
}
