namespace FanOut.Engine.Templates;

/// <summary>An attribute that messages have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type, such as <c>String</c> or <c>Number</c>.</param>
/// <param name="Value">What its value is made of, a template of text.</param>
public readonly record struct AttributeTemplate(string Name, string DataType, RecordTransform Value);
