namespace FanOut.Engine.Templates;

/// <summary>Ends the reading of a text that is not a valid transform.</summary>
/// <param name="fault">What is wrong, where, and what is allowed: a sentence that follows the transform's name, without a full stop.</param>
internal sealed class InvalidTransformException(string fault) : Exception(fault);
