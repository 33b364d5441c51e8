"""Python, Ruby, Go, PHP, Java and Kotlin: which code sends or reads what, and what is wrong with it."""

from __future__ import annotations

import pytest

from support.code_scans import judge_code, mistakes_of, unknowns_of, uses_of

PYTHON = "from intercom import Intercom\nclient = Intercom(token=t)\n"
RUBY = "intercom = Intercom::Client.new(token: t)\n"
GO = 'package p\nimport intercom "gopkg.in/intercom/intercom-go.v2"\nfunc f() {\nic := intercom.NewClient(t, "")\n%s\n}\n'
PHP = "<?php\nuse Intercom\\IntercomClient;\n$client = new IntercomClient($t);\n"
JAVA = "import com.intercom.api.Intercom;\nclass A { void f(Intercom client) {\n%s\n} }\n"
KOTLIN = "import io.intercom.android.sdk.Intercom\nfun f() {\n%s\n}\n"

USES: list[tuple[str, str, list[str]]] = [
    # Python
    (
        "a.py",
        PYTHON + "client.contacts.update(contact_id='1', custom_attributes={'seats_used': 3})",
        ["send seats_used"],
    ),
    (
        "a.py",
        PYTHON
        + "client.contacts.create(request=CreateContactRequestWithEmail(email=e, custom_attributes={'score': 1}))",
        ["send score"],
    ),
    (
        "a.py",
        PYTHON
        + "client.companies.create_or_update(request={'company_id': '1', 'custom_attributes': {'region': 'eu'}})",
        ["send region"],
    ),
    (
        "a.py",
        PYTHON + "client.events.create(event_name='signed-up', created_at=int(time.time()), user_id=u)",
        ["send signed-up"],
    ),
    ("a.py", PYTHON + "client.events.create(request=dict(event_name='signed-up', id=u))", ["send signed-up"]),
    (
        "a.py",
        PYTHON
        + "name = 'signed-up'\nmeta = {'feature_name': f}\nclient.events.create(event_name=name)\nclient.events.create(event_name='feature_first_used', metadata=meta)",
        ["send signed-up", "send feature_first_used"],
    ),
    (
        "a.py",
        PYTHON
        + "client.data_attributes.create(request={'name': 'score', 'model': 'contact', 'data_type': 'float'})",
        ["send score"],
    ),
    (
        "a.py",
        PYTHON
        + "client.contacts.search(query={'field': 'custom_attributes.score', 'operator': '>', 'value': 1})",
        ["read score"],
    ),
    (
        "a.py",
        PYTHON + "print(contact.custom_attributes['score'], contact.custom_attributes.get('nickname'))",
        ["read score", "read nickname"],
    ),
    ("a.py", "intercom_user.custom_attributes['score'] = 3", ["send score"]),
    (
        "a.py",
        "requests.post('https://api.intercom.io/contacts', json={'custom_attributes': {'score': 1}})",
        ["send score"],
    ),
    (
        "a.py",
        "data = {'user_id': 1, 'custom_attributes': {'score': 1}}\npost('https://api.intercom.io/users', json.dumps(data))",
        ["send score"],
    ),
    ("a.py", "create_intercom_event(event_name='signed-up', email=e)", ["send signed-up"]),
    # Ruby
    (
        "a.rb",
        RUBY + "intercom.contacts.create(email: e, custom_attributes: { score: 1, :nickname => 'x' })",
        ["send score", "send nickname"],
    ),
    ("a.rb", RUBY + "intercom.users.create(user_id: 1, custom_data: {score: 1})", ["send score"]),
    (
        "a.rb",
        RUBY + "intercom.events.create(:event_name => 'signed-up', created_at: Time.now.to_i)",
        ["send signed-up"],
    ),
    ("a.rb", "Intercom::Event.create(event_name: 'signed-up', user_id: 1)", ["send signed-up"]),
    (
        "a.rb",
        "class A\n NAME = 'signed-up'\n def run; @intercom.events.create(data); end\n def data\n  { event_name: NAME }\n end\nend",
        ["send signed-up"],
    ),
    (
        "a.rb",
        RUBY + "user.custom_attributes[:score] = 1\nuser.custom_attributes['nickname'] ||= 'x'",
        ["send score", "send nickname"],
    ),
    ("a.rb", RUBY + "company.custom_attributes = { region: 'eu' }", ["send region"]),
    ("a.rb", RUBY + "puts company.custom_attributes['region']", ["read region"]),
    (
        "a.rb",
        "IntercomRails.config do |config|\n config.user.custom_data = { plan_type: :plan, score: Proc.new { |u| u.score } }\n config.company.custom_data = { region: ->(c) { c.region } }\nend",
        ["send plan_type", "send score", "send region"],
    ),
    (
        "a.rb",
        "intercom_custom_data.user[:nickname] = n\nintercom_custom_data.company['region'] = 'eu'",
        ["send nickname", "send region"],
    ),
    (
        "a.rb",
        "HTTParty.post('https://api.intercom.io/events', body: { event_name: 'signed-up' }.to_json)",
        ["send signed-up"],
    ),
    # Go
    (
        "a.go",
        GO
        % 'user := intercom.User{UserID: "1", CustomAttributes: map[string]interface{}{"score": 1}}\nic.Users.Save(&user)',
        ["send score"],
    ),
    ("a.go", GO % 'user.CustomAttributes["score"] = 1', ["send score"]),
    (
        "a.go",
        GO
        % 'ic.Companies.Save(&intercom.Company{CompanyID: "1", CustomAttributes: map[string]any{"region": r}})',
        ["send region"],
    ),
    (
        "a.go",
        GO
        % 'meta := make(map[string]any)\nmeta["feature_name"] = f\nic.Events.Save(&intercom.Event{EventName: "feature_first_used", Metadata: meta})',
        ["send feature_first_used"],
    ),
    (
        "a.go",
        GO % 'const name = "signed-up"\nic.Events.Save(&intercom.Event{EventName: name})',
        ["send signed-up"],
    ),
    # PHP
    (
        "a.php",
        PHP + "$client->contacts->update('id', ['custom_attributes' => ['score' => 1]]);",
        ["send score"],
    ),
    (
        "a.php",
        PHP + "$client->users->create(array('user_id' => 1, 'custom_attributes' => array('score' => 1)));",
        ["send score"],
    ),
    (
        "a.php",
        PHP + "$client->companies->create(['company_id' => '1', 'custom_attributes' => ['region' => 'eu']]);",
        ["send region"],
    ),
    (
        "a.php",
        PHP
        + "$meta = ['feature_name' => $f];\n$meta['price'] = 3;\n$event = ['event_name' => 'feature_first_used', 'metadata' => $meta];\n$client->events->create($event);",
        ["send feature_first_used"],
    ),
    (
        "a.php",
        PHP
        + "$client->events->create(new CreateDataEventRequestWithId(['eventName' => 'signed-up', 'createdAt' => time()]));",
        ["send signed-up"],
    ),
    (
        "a.php",
        "<?php class A { const UP = 'signed-up'; function f() { $this->intercom->events->create(['event_name' => self::UP]); } }",
        ["send signed-up"],
    ),
    (
        "a.php",
        PHP + "$contact['custom_attributes']['score'] = 1; echo $user->custom_attributes['nickname'];",
        ["send score", "read nickname"],
    ),
    (
        "a.php",
        "<script>Intercom('update', {plan_type: 'pro', nickname: \"<?= $name ?>\", score: <?php echo $x ?>});</script>",
        ["send plan_type", "send nickname", "send score"],
    ),
    # Java
    (
        "A.java",
        JAVA
        % 'client.contacts().update(UpdateContactRequest.builder().contactId("1").customAttributes(Map.of("score", 1)).build());',
        ["send score"],
    ),
    (
        "A.java",
        JAVA
        % 'client.events().create(CreateDataEventRequest.of(CreateDataEventRequestWithId.builder().id("1").eventName("signed-up").build()));',
        ["send signed-up"],
    ),
    (
        "A.java",
        JAVA
        % 'User user = new User().setEmail(e).addCustomAttribute(CustomAttribute.newIntegerAttribute("seats_used", 3));\nUser.create(user);',
        ["send seats_used"],
    ),
    (
        "A.java",
        JAVA % 'Event.create(new Event().setEventName("feature_first_used").putMetadata("feature_name", f));',
        ["send feature_first_used"],
    ),
    (
        "A.java",
        JAVA
        % 'Intercom.client().updateUser(new UserAttributes.Builder().withCustomAttribute("plan_type", "pro").build());',
        ["send plan_type"],
    ),
    (
        "A.java",
        JAVA
        % 'Map<String, Object> m = new HashMap<>();\nm.put("feature_name", f);\nIntercom.client().logEvent("feature_first_used", m);',
        ["send feature_first_used"],
    ),
    # Kotlin
    (
        "a.kt",
        KOTLIN
        % 'val a = UserAttributes.Builder().withCustomAttribute("plan_type", if (paid) "pro" else "free").build()',
        ["send plan_type"],
    ),
    (
        "a.kt",
        KOTLIN
        % 'UserAttributes.Builder().apply { withCustomAttributes(mapOf("score" to 1, "nickname" to x)) }',
        ["send score", "send nickname"],
    ),
    (
        "a.kt",
        KOTLIN % 'Company.Builder().withCompanyId("1").withCustomAttribute("region", "eu").build()',
        ["send region"],
    ),
    (
        "a.kt",
        KOTLIN
        % 'val m = mutableMapOf<String, Any>()\nm["feature_name"] = f\nm.put("price", 3)\nIntercom.client().logEvent("feature_first_used", m)',
        ["send feature_first_used"],
    ),
    (
        "a.kt",
        'import io.intercom.android.sdk.Intercom\nobject Events { const val UP = "signed-up" }\nfun f() { Intercom.client().logEvent(Events.UP) }',
        ["send signed-up"],
    ),
]


@pytest.mark.parametrize(("path", "code", "uses"), USES)
def test_what_code_uses(path: str, code: str, uses: list[str]) -> None:
    judgement = judge_code(path, code)
    assert uses_of(judgement) == uses
    assert mistakes_of(judgement) == []
    assert unknowns_of(judgement) == []


MISTAKES: list[tuple[str, str, list[str]]] = [
    ("a.py", PYTHON + "client.contacts.update(contact_id=1, custom_attributes={'seat_used': 3, 'seats_used': '3'})", ["PAYL901 'seat_used'", "PAYL911 '3'"]),
    ("a.py", PYTHON + "client.contacts.update(contact_id=1, custom_attributes={'trial_end_date': int(time.time() * 1000)})", ["PAYL910 int(time.time() * 1000)"]),
    ("a.py", PYTHON + "client.contacts.update(contact_id=1, custom_attributes={'trial_end_date': datetime.now().isoformat()})", ["PAYL912 datetime.now().isoformat()"]),
    ("a.py", PYTHON + "client.contacts.update(contact_id=1, custom_attributes={'onboarded': 'yes', 'nickname': ['x'], 'score': {}})", ["PAYL925 'yes'", "PAYL909 ['x']", "PAYL908 {}"]),
    ("a.py", PYTHON + "client.events.create(event_name='feature_first_used', metadata={'price': '3'})", ["PAYL906 {'price': '3'}", "PAYL911 '3'"]),
    ("a.py", PYTHON + "plan = 'gold'\nclient.contacts.update(contact_id=1, custom_attributes={'plan_type': plan})", ["PAYL905 plan"]),
    ("a.rb", RUBY + "intercom.contacts.create(custom_attributes: { plan_type: :gold, trial_end_date: (Time.now.to_f * 1000).to_i })", ["PAYL905 :gold", "PAYL910 (Time.now.to_f * 1000).to_i"]),
    ("a.rb", RUBY + "intercom.events.create(event_name: 'Signed Up')", ["PAYL920 'Signed Up'"]),
    ("a.go", GO % 'ic.Users.Save(&intercom.User{CustomAttributes: map[string]any{"trial_end_date": time.Now().UnixMilli()}})', ["PAYL910 time.Now().UnixMilli()"]),
    ("a.php", PHP + "$client->contacts->update('1', ['custom_attributes' => ['trial_end_date' => time() * 1000, 'onboarded' => 'true']]);", ["PAYL910 time() * 1000", "PAYL925 'true'"]),
    ("a.php", PHP + "$client->events->create(['event_name' => 'left', 'created_at' => $d->format('c')]);", ["PAYL922 'left'", "PAYL912 $d->format('c')"]),
    ("A.java", JAVA % 'Intercom.client().updateUser(new UserAttributes.Builder().withCustomAttribute("trial_end_date", System.currentTimeMillis()).build());', ["PAYL910 System.currentTimeMillis()"]),
    ("A.java", JAVA % 'Intercom.client().updateUser(new UserAttributes.Builder().withCustomAttribute("seats_used", 3).build());', ['PAYL919 "seats_used"']),
    ("a.kt", KOTLIN % 'Intercom.client().logEvent("feature_first_used", mapOf("feature_name" to "x", "due_date" to Date().time))', ["PAYL910 Date().time"]),
    ("a.kt", KOTLIN % 'Intercom.client().logEvent("feature_used")', ['PAYL902 "feature_used"']),
]  # fmt: skip


@pytest.mark.parametrize(("path", "code", "mistakes"), MISTAKES)
def test_what_is_wrong(path: str, code: str, mistakes: list[str]) -> None:
    assert mistakes_of(judge_code(path, code)) == mistakes


RIGHT_DATES = [
    ("a.py", PYTHON + "client.contacts.update(contact_id=1, custom_attributes={'trial_end_date': %s})", ["int(time.time())", "int(day.timestamp())", "round(time.time() * 1000 / 1000)", "time.time() + 3 * 86400", "None", "day"]),
    ("a.rb", RUBY + "intercom.contacts.create(custom_attributes: { trial_end_date: %s })", ["Time.now.to_i", "3.days.from_now.to_i", "user.trial_ends_at.to_i", "nil", "day"]),
    ("a.go", GO % 'ic.Users.Save(&intercom.User{CustomAttributes: map[string]any{"trial_end_date": %s}})', ["time.Now().Unix()", "int64(time.Now().Unix())", "time.Now().UnixMilli() / 1000", "day"]),
    ("a.php", PHP + "$client->contacts->update('1', ['custom_attributes' => ['trial_end_date' => %s]]);", ["time()", "$day->getTimestamp()", "(int) (microtime(true) * 1000 / 1000)", "now()->timestamp", "null", "$day"]),
    ("A.java", JAVA % 'Intercom.client().updateUser(new UserAttributes.Builder().withCustomAttribute("trial_end_date", %s).build());', ["System.currentTimeMillis() / 1000", "Instant.now().getEpochSecond()", "new Date().getTime() / 1000L", "day"]),
    ("a.kt", KOTLIN % 'UserAttributes.Builder().withCustomAttribute("trial_end_date", %s)', ["System.currentTimeMillis() / 1000", "Instant.now().epochSecond", "Date().time / 1000", "day"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "frame", "dates"), RIGHT_DATES)
def test_dates_in_seconds_are_right(path: str, frame: str, dates: list[str]) -> None:
    for date in dates:
        judgement = judge_code(path, frame.replace("%s", date))
        assert mistakes_of(judgement) == []
        assert uses_of(judgement) == ["send trial_end_date"]


UNKNOWN = [
    ("a.py", PYTHON + "client.events.create(event_name=name)", ["name"]),
    ("a.py", PYTHON + "client.contacts.update(contact_id=1, custom_attributes={f'plan_{x}': 1, **more})", ["f'plan_{x}'", "**more"]),
    ("a.py", PYTHON + "name = 'signed-up'\ndef f(name):\n    client.events.create(event_name=name)", ["name"]),
    ("a.rb", RUBY + "intercom.events.create(data)", ["data"]),
    ("a.go", GO % 'ic.Events.Save(&intercom.Event{EventName: "v2_" + name})', ['"v2_" + name']),
    ("a.php", PHP + "$client->events->create(['event_name' => \"user_$x\"]);", ['"user_$x"']),
    ("A.java", JAVA % "Intercom.client().logEvent(name);", ["name"]),
    ("a.kt", KOTLIN % 'Intercom.client().logEvent("a$x")', ['"a$x"']),
]  # fmt: skip


@pytest.mark.parametrize(("path", "code", "unknown"), UNKNOWN)
def test_what_is_not_known(path: str, code: str, unknown: list[str]) -> None:
    judgement = judge_code(path, code)
    assert unknowns_of(judgement) == unknown
    assert mistakes_of(judgement) == []


NOT_INTERCOMS = [
    ("a.py", "self.events.create(title='x', event='y')\nusers.create(name='x', plan='pro')"),
    ("a.py", PYTHON + "client.conversations.update(conversation_id=1, custom_attributes={'mood': 1})"),
    ("a.py", PYTHON + "current.users.create(name='x', plan='pro')"),
    ("a.rb", "# intercom\ncurrent_user.contacts.create(name: 'x', plan: 'y')"),
    ("a.go", 'package p\nfunc f() { repo.Users.Save(&User{Plan: "x"}) }'),
    ("a.php", "<?php $this->events->create(['title' => 'x']); $orders->contacts->create(['plan' => 1]);"),
    ("A.java", 'class A { void f() { map.put("event_name", 1); events.create(event); } }'),
    ("a.kt", 'fun f() { analytics.logEvent("bought", mapOf("a" to 1)) }'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "code"), NOT_INTERCOMS)
def test_code_that_is_not_intercoms_is_left_alone(path: str, code: str) -> None:
    judgement = judge_code(path, code)
    assert (mistakes_of(judgement), unknowns_of(judgement), uses_of(judgement)) == ([], [], [])


GENERATED = "from generated.python import IntercomData, ContactAttributes, CompanyAttributes as Firm, signed_up, feature_first_used\ndata = IntercomData(token)\n"


def test_calls_of_generated_python() -> None:
    code = GENERATED + (
        "data.contacts.update(ContactAttributes(plan_type='pro', trial_end_date=datetime.now(), email=e), external_id=u)\n"
        "data.contacts.update(external_id=u, attributes=ContactAttributes(score=1))\n"
        "data.companies.update(Firm(region='eu'), company_id='c')\n"
        "data.events.send(signed_up(), external_id=u)\n"
        "data.events.send(feature_first_used(feature_name='x', price=3), external_id=u)\n"
    )
    judgement = judge_code("app.py", code)
    assert mistakes_of(judgement) == []
    assert unknowns_of(judgement) == []
    assert uses_of(judgement) == [
        "send plan_type",
        "send trial_end_date",
        "send score",
        "send region",
        "send signed-up",
        "send feature_first_used",
    ]


def test_generated_python_by_its_module() -> None:
    code = "from generated import python as data\ndata.ContactAttributes(plan_type='gold')"
    assert mistakes_of(judge_code("app.py", code)) == ["PAYL905 'gold'"]
