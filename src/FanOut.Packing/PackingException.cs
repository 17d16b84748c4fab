namespace FanOut.Packing;

/// <summary>What is there cannot be packed.</summary>
internal sealed class PackingException(string message) : Exception(message);
