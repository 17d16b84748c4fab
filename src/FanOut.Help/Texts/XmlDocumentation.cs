using System.Reflection;
using System.Xml.Linq;

namespace FanOut.Help.Texts;

/// <summary>The XML documentation that the compiler wrote beside an assembly.</summary>
/// <param name="document">The file's content.</param>
internal sealed class XmlDocumentation(XDocument document)
{
    private readonly Dictionary<string, XElement> _members =
        document.Descendants("member").ToDictionary(static m => (string)m.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>Reads the file of an assembly.</summary>
    /// <param name="assembly">The assembly's path.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static XmlDocumentation Beside(string assembly)
    {
        string file = Path.ChangeExtension(assembly, ".xml");
        return File.Exists(file)
            ? new XmlDocumentation(XDocument.Load(file, LoadOptions.PreserveWhitespace))
            : throw new UsageException($"There is no {file}: the assembly is to be built with GenerateDocumentationFile.");
    }

    /// <summary>The documentation of a type; null: there is none here.</summary>
    public XElement? Of(Type type) => _members.GetValueOrDefault("T:" + type.FullName?.Replace('+', '.'));

    /// <summary>The documentation of a value of an enumeration.</summary>
    public XElement? Of(FieldInfo field) => _members.GetValueOrDefault($"F:{field.DeclaringType!.FullName}.{field.Name}");

    /// <summary>The documentation of a property, from the type that declares it or, with <c>inheritdoc</c>, from the base type.</summary>
    public XElement? Of(PropertyInfo property)
    {
        for (Type? type = property.DeclaringType; type is not null; type = type.BaseType)
        {
            if (_members.GetValueOrDefault($"P:{type.FullName}.{property.Name}") is { } member && member.Element("inheritdoc") is null)
            {
                return member;
            }
        }

        return null;
    }
}
