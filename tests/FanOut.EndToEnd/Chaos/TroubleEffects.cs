namespace FanOut.EndToEnd.Chaos;

/// <summary>What troubles do.</summary>
internal static class TroubleEffects
{
    /// <summary>Whether the call has its effect nevertheless.</summary>
    public static bool HasEffect(this Trouble trouble) =>
        trouble is Trouble.ServerErrorAfterEffect or Trouble.Timeout or Trouble.ResetAfterEffect or Trouble.ResetInAnswer or Trouble.MalformedAfterEffect;
}
