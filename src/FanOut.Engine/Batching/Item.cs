namespace FanOut.Engine.Batching;

/// <summary>What a target takes or does not take as one: a record, or a message of several.</summary>
/// <param name="First">Position of its first payload among the batch's.</param>
/// <param name="Count">How many payloads it holds.</param>
/// <param name="Bytes">Its size, as the target counts it.</param>
/// <param name="IsBase64">Whether it goes as base64 because the target takes only text.</param>
public readonly record struct Item(int First, int Count, int Bytes, bool IsBase64 = false);
