"""A paper to try printing with: headings, a list, a table with a repeated head, and the words of the margins."""

PAPER = """{% extends "_layout/paper.html" %}
{% block title %}Қағаз{% endblock %}{% block mark %}№ 1{% endblock %}{% block running %}Қағаз № 1{% endblock %}
{% block head %}<h1>Қағаз</h1>{% endblock %}
{% block content %}<h2>Сөз</h2><p>Ұзақ сөз: өң, һәм, ғұн, үкі, іні, қаң, әже</p>
<ul><li>бір</li><li>екі</li></ul>
<h2>Кесте</h2><table class="steps"><thead><tr><th scope="col">№</th><th scope="col">Не</th><th scope="col">Кім</th>
<th scope="col">Қашан</th></tr></thead><tbody>{% for row in rows %}<tr><td>{{ loop.index }}</td><td>{{ row }}</td>
<td>адам</td><td>2026</td></tr>{% endfor %}</tbody></table>
<table class="facts"><tbody><tr><th scope="row">Күні</th><td>2026</td></tr></tbody></table>{% endblock %}
{% block signatures %}<p>Қол қойылды</p>{% endblock %}"""
