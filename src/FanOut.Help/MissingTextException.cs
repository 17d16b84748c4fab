namespace FanOut.Help;

/// <summary>A cmdlet or a parameter has no text.</summary>
internal sealed class MissingTextException(string message) : Exception(message);
