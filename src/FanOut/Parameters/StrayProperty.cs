namespace FanOut.Parameters;

/// <summary>A property of a piped row that is not used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meant">The parameter that is meant.</param>
internal sealed record StrayProperty(string Name, string Meant)
{
    /// <summary>A sentence of it.</summary>
    public override string ToString() => $"The property '{Name}' of what is piped is not used: is {Meant} meant?";
}
