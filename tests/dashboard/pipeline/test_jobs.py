"""Long work goes on through redraws, stops when asked, and keeps what it has got."""

from streamlit.testing.v1 import AppTest

SECONDS = 60


def working() -> None:
    import time

    import streamlit as st

    from dashboard.pipeline.jobs import forget, long_work, stopped

    begun = st.session_state.setdefault("begun", [])

    def count(go_on):
        begun.append(True)
        done = 0
        while done < 30 and go_on(done / 30):
            time.sleep(0.02)
            done += 1
        return done

    key = st.session_state["key"]
    if st.session_state.get("again"):
        forget(key)
    st.text(str(long_work(key, "Counting", count)))
    st.text(f"stopped {stopped(key)}")


def app(**memory) -> AppTest:
    test = AppTest.from_function(working, default_timeout=SECONDS)
    for key, value in memory.items():
        test.session_state[key] = value
    return test.run()


def test_the_result_is_kept_and_the_work_done_once():
    test = app(key="once")
    assert [text.value for text in test.text] == ["30", "stopped False"]
    test.run()
    assert len(test.session_state["begun"]) == 1
    assert [text.value for text in test.text] == ["30", "stopped False"]


def test_forgotten_work_begins_anew():
    test = app(key="anew")
    test.session_state["again"] = True
    test.run()
    assert len(test.session_state["begun"]) == 2
    assert test.text[0].value == "30"


def test_work_that_was_stopped_returns_what_it_has_got():
    from dashboard.pipeline.jobs import _stop_key

    test = app(key="halted", **{_stop_key("halted"): True})
    assert int(test.text[0].value) <= 1
    assert test.text[1].value == "stopped True"


def test_what_the_work_raises_is_raised_at_every_call():
    def failing() -> None:
        import streamlit as st

        from core.errors import InputError
        from dashboard.pipeline.jobs import long_work

        def fail(_go_on):
            raise InputError("too large")

        for _attempt in range(2):
            try:
                long_work("f", "Failing", fail)
            except InputError as problem:
                st.text(str(problem))

    test = AppTest.from_function(failing, default_timeout=SECONDS).run()
    assert not test.exception
    assert [text.value for text in test.text] == ["too large", "too large"]


def working_twice() -> None:
    import time

    import streamlit as st

    from dashboard.pipeline.jobs import long_work

    for key in ("first of two", "second of two"):
        st.text(str(long_work(key, "Sleeping", lambda _go_on: time.sleep(0.5))))


def test_two_works_follow_each_other_in_one_drawing_each_with_a_bar_of_its_own():
    test = AppTest.from_function(working_twice, default_timeout=SECONDS).run()
    assert not test.exception
    assert [text.value for text in test.text] == ["None", "None"]
